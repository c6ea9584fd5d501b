/** The roles that people hold, and which of them nobody may hold together. */
import { z } from 'zod'
import type { Refusal } from '../../kernel/refusal.ts'
import { refuse } from './refusals.ts'

export const ROLES = [
  'operator',
  'approver',
  'compliance',
  'investigator',
  'finance',
  'guardian',
  'auditor',
  'regulator',
] as const
export type Role = (typeof ROLES)[number]

export const rolesSchema = z
  .array(z.enum(ROLES))
  .min(1)
  .max(ROLES.length)
  .refine((roles) => new Set(roles).size === roles.length, 'a role stands twice')

/** They look on: whoever judges the acts of others takes no part in them. */
const READERS: readonly Role[] = ['auditor', 'regulator']
/** Who writes the register of wallets must not be among those who let coins go to it. */
const APART: readonly (readonly [Role, Role])[] = [['operator', 'approver']]

/** Separation of duties, where one person would hold both sides. */
export function rolesFault(roles: readonly Role[]): Refusal | undefined {
  const reader = READERS.find((role) => roles.includes(role))
  if (reader !== undefined && roles.length > 1) {
    return refuse('ACCESS-004', `${reader} stands with other roles`, { field: 'roles', expected: `${reader} alone` })
  }
  const pair = APART.find(([one, other]) => roles.includes(one) && roles.includes(other))
  if (pair === undefined) return undefined
  return refuse('ACCESS-004', `${pair.join(' and ')} in one hand`, {
    field: 'roles',
    expected: `one of ${pair.join(', ')}`,
  })
}
