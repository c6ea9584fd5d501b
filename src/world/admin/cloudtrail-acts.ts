/** What the API calls in AWS CloudTrail mean. Names: the services' API references. */
import type { Act } from '../../rooms/access/engine/index.ts'
import type { Told } from './told.ts'

const ALWAYS: readonly (readonly [RegExp, readonly Act[]])[] = [
  [/^(ConsoleLogin|AssumeRoleWithSAML|UserAuthentication)$/, ['sign_in']],
  [/^(GetSecretValue|BatchGetSecretValue|GetPasswordData|GetParameterHistory)$/, ['secret_read']],
  [/^(Create|Update)(SAMLProvider|OpenIDConnectProviderThumbprint|OpenIDConnectProvider)$/, ['trust_changed']],
  [/^(AddClientIDToOpenIDConnectProvider|UpdateAssumeRolePolicy|EnableSso|AssociateDirectory)$/, ['trust_changed']],
  [/^(CreateTrustedTokenIssuer|UpdateSSOConfiguration|EnableExternalIdPConfigurationForDirectory)$/, ['trust_changed']],
  [/^(StopLogging|DeleteTrail|StopConfigurationRecorder|DeleteConfigurationRecorder)$/, ['logging_off']],
  [/^(DeleteDeliveryChannel|DeleteDetector|DeleteFlowLogs|DeleteLogGroup|DeleteLogStream)$/, ['logging_off']],
  [
    /^(DisableSecurityHub|DeleteEventDataStore|StopEventDataStoreIngestion|DisassociateFromMasterAccount)$/,
    ['logging_off'],
  ],
  [/^(DeactivateMFADevice|DeleteVirtualMFADevice|DeleteMfaDeviceForUser)$/, ['mfa_reset']],
  [/^(CreateAccessKey|CreateLoginProfile|UpdateLoginProfile|CreateServiceSpecificCredential)$/, ['credential_made']],
  [/^(UploadSSHPublicKey|UploadSigningCertificate|CreateKeyPair|ImportKeyPair)$/, ['credential_made']],
  [/^CreateAccountAssignment$/, ['admin_granted']],
]

/** Calls that give somebody a policy, and the policies that make an administrator. */
const GIVES = /^(Attach|Put)(User|Role|Group)Policy$|^AddUserToGroup$|^CreatePolicyVersion$/
const ALL_POWER =
  /policy\/(administratoraccess|iamfullaccess|poweruseraccess)|"groupname":"[^"]*admin|\\"action\\":(\[)?\\"\*\\"/

/** A call that writes in one of these services changes rights, keys, guards or the rules of the network. */
const GUARDS =
  /^(iam|organizations|sso|sso-directory|identitystore|kms|secretsmanager|cloudtrail|config|guardduty|securityhub|logs|access-analyzer|wafv2?|acm|acm-pca|ram|sts)\./
const READS =
  /^(Get|List|Describe|Head|Lookup|BatchGet|Search|Simulate|Generate|Decrypt|Encrypt|Verify|Sign|AssumeRole|Select|Filter|Test|StartQuery|PutLogEvents|CreateLogStream|CreateGrant|RetireGrant)/
const OTHERS =
  /^(AuthorizeSecurityGroup(In|E)gress|RevokeSecurityGroup(In|E)gress|(Put|Delete)Bucket(Policy|Acl|PublicAccessBlock|Encryption|Logging)|DeleteBucket|UpdateFunctionCode|AddPermission|ModifyDBInstance|ModifySnapshotAttribute|ModifyImageAttribute|SendCommand|StartSession|CreateKeyPair|ImportKeyPair)/

/** Calls that cut a log only with some parameters. */
function cutsLog(operation: string, detail: () => string): boolean {
  if (operation === 'UpdateTrail')
    return /"(ismultiregiontrail|includeglobalserviceevents|enablelogfilevalidation)":false/.test(detail())
  if (operation === 'UpdateDetector') return /"enable":false/.test(detail())
  if (operation === 'PutEventSelectors')
    return /"includemanagementevents":false|"readwritetype":"(read|write)only"/.test(detail())
  return operation === 'PutBucketLogging' && !/loggingenabled/.test(detail())
}

export function cloudtrailActs({ operation, service, isOwn, by, failed, detail }: Told): Act[] {
  const acts: Act[] = ALWAYS.flatMap(([pattern, meant]) => (pattern.test(operation) ? meant : []))
  const isWrite = GUARDS.test(service) && !READS.test(operation) && !(isOwn && operation === 'ChangePassword')
  if (isWrite || OTHERS.test(operation)) acts.push('privileged')
  if (/^GetParameters?(ByPath)?$/.test(operation) && /"withdecryption":true/.test(detail())) acts.push('secret_read')
  if (GIVES.test(operation) && ALL_POWER.test(detail())) acts.push('admin_granted')
  if (cutsLog(operation, detail)) acts.push('logging_off')
  const isRoot = /:root$/.test(by)
  const lacksFactor = operation === 'ConsoleLogin' && /"mfaused":"no"/.test(detail()) && !/assumed-role/.test(by)
  if (!failed && operation === 'ConsoleLogin' && (isRoot || lacksFactor)) acts.push('weak_sign_in')
  return [...new Set(acts)]
}
