/** How notices leave. */
export { type MailOptions, mailCarrier } from './mail.ts'
export { type WebhookOptions, webhookCarrier } from './webhook.ts'
