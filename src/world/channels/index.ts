/** How notices leave, and how accounts elsewhere are suspended. */
export { type MailOptions, mailCarrier } from './mail.ts'
export { type Suspender, suspendCarrier } from './suspend.ts'
export { type WebhookOptions, webhookCarrier } from './webhook.ts'
