/**
 * The classes of the Open Cybersecurity Schema Framework that are written here, with their numbers and captions (schema 1.6 and later;
 * `class_uid` = category * 1000 + number, `type_uid` = `class_uid` * 100 + activity).
 */
import type { Raw } from './look.ts'

/** What `metadata.version` says of every record that is written here. */
export const OCSF_VERSION = '1.6.0'

const CATEGORIES: Readonly<Record<number, string>> = {
  2: 'Findings',
  3: 'Identity & Access Management',
  6: 'Application Activity',
}

interface ClassName {
  readonly name: string
  readonly activities: Readonly<Record<number, string>>
}

const CRUD = { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete' }

const CLASSES: Readonly<Record<number, ClassName>> = {
  2004: { name: 'Detection Finding', activities: { 1: 'Create', 2: 'Update', 3: 'Close' } },
  3001: {
    name: 'Account Change',
    activities: {
      ...{ 1: 'Create', 2: 'Enable', 3: 'Password Change', 4: 'Password Reset', 5: 'Disable', 6: 'Delete' },
      ...{ 7: 'Attach Policy', 8: 'Detach Policy', 9: 'Lock', 10: 'MFA Factor Enable', 11: 'MFA Factor Disable' },
      12: 'Unlock',
    },
  },
  3002: { name: 'Authentication', activities: { 1: 'Logon', 2: 'Logoff', 3: 'Authentication Ticket' } },
  3004: {
    name: 'Entity Management',
    activities: {
      ...CRUD,
      ...{ 5: 'Move', 6: 'Enroll', 7: 'Unenroll', 8: 'Enable', 9: 'Disable', 10: 'Activate', 11: 'Deactivate' },
      ...{ 12: 'Suspend', 13: 'Resume' },
    },
  },
  3005: { name: 'User Access Management', activities: { 1: 'Assign Privileges', 2: 'Revoke Privileges' } },
  3006: {
    name: 'Group Management',
    activities: {
      ...{ 1: 'Assign Privileges', 2: 'Revoke Privileges', 3: 'Add User', 4: 'Remove User', 5: 'Delete', 6: 'Create' },
    },
  },
  6003: { name: 'API Activity', activities: CRUD },
}

export const OTHER = 99

/** The eight members by which a record says what it is. */
export function classified(classUid: number, activity: number): Raw {
  const known = CLASSES[classUid]
  const category = Math.floor(classUid / 1_000)
  const activityName = known?.activities[activity] ?? 'Other'
  const className = known?.name ?? 'Other'
  return {
    activity_id: activity,
    activity_name: activityName,
    category_uid: category,
    category_name: CATEGORIES[category],
    class_uid: classUid,
    class_name: className,
    type_uid: classUid * 100 + activity,
    type_name: `${className}: ${activityName}`,
  }
}

export function outcome(status: number): Raw {
  const names: Readonly<Record<number, string>> = { 1: 'Success', 2: 'Failure', 99: 'Other' }
  return status === 0 ? {} : { status_id: status, status: names[status] ?? 'Other' }
}

const SEVERITY_NAMES = ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal']
export const graded = (severity: number): Raw => ({ severity_id: severity, severity: SEVERITY_NAMES[severity] })
