/**
 * The data folder of a deployment: settings, keys, tokens, journal, blobs. Made once by `pasu init`, read at every start. Whatever is
 * missing, unreadable, malformed or open to others is refused here, before anything runs on it.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DATABASE_FILE, generateNoteKey, type NoteSigner, openJournal, parseSigningKey } from '../journal/index.ts'
import { parse } from '../kernel/input.ts'
import { faultLine } from '../kernel/names.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { type Config, configSchema } from './config.ts'
import { refused } from './folder-refusals.ts'

/** 256 bits cannot be guessed, however often somebody tries. */
const TOKEN_BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{43}$/
/** A settings file larger than this is some other file. */
const FILE_BYTES_MAX = 1_000_000
const OTHERS = 0o077

export interface FolderPaths {
  readonly config: string
  readonly journalKey: string
  readonly permitKey: string
  /** Opens the server to whoever sits at its own machine. */
  readonly hostToken: string
  /** Of the first enrolment; gone once it is done. */
  readonly enrolToken: string
  readonly journal: string
  readonly blobs: string
  /** What is usual for administrators' accounts; made with the first upload. */
  readonly behaviour: string
  /** Where a running server says how to reach it. */
  readonly serving: string
}

export interface Folder {
  readonly path: string
  readonly paths: FolderPaths
  readonly config: Config
  /** Signs checkpoints. */
  readonly journalSigner: NoteSigner
  /** Ed25519; signs permits. */
  readonly permitKey: KeyObject
  /** Of the terminal on this machine. */
  readonly hostToken: string
}

export const folderPaths = (folder: string): FolderPaths => ({
  config: join(folder, 'config.json'),
  journalKey: join(folder, 'keys', 'journal.key'),
  permitKey: join(folder, 'keys', 'permit.key'),
  hostToken: join(folder, 'host.token'),
  enrolToken: join(folder, 'enrol.token'),
  journal: join(folder, 'journal'),
  blobs: join(folder, 'blobs'),
  behaviour: join(folder, 'behaviour'),
  serving: join(folder, 'serving.json'),
})

const codeOf = (fault: unknown): string => (fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown')

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
}

/** Whether a folder holds a deployment. */
export const isFolder = (folder: string): boolean => existsSync(folderPaths(folder).config)

export interface InitOptions {
  readonly platform: string
  readonly language?: 'ko' | 'en'
  /** Settings beside those two; checked like a file's. */
  readonly settings?: Readonly<Record<string, unknown>>
}

function writeAll(folder: string, config: Config): void {
  const paths = folderPaths(folder)
  for (const inner of [dirname(paths.journalKey), paths.journal, paths.blobs]) mkdirSync(inner, { mode: 0o700 })
  const write = (path: string, text: string): void =>
    writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true })
  const token = (): string => randomBytes(TOKEN_BYTES).toString('base64url')
  write(paths.journalKey, `${generateNoteKey(`${config.platform}/journal`).skey}\n`)
  write(paths.permitKey, String(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })))
  write(paths.hostToken, `${token()}\n`)
  write(paths.enrolToken, `${token()}\n`)
  openJournal({ folder: paths.journal, signer: readJournalSigner(paths.journalKey) }).close()
  // SQLite makes its files by the umask; its later ones take after the database.
  for (const file of readdirSync(paths.journal)) chmodSync(join(paths.journal, file), 0o600)
  write(paths.config, `${JSON.stringify(config, null, 2)}\n`)
}

/** Makes a data folder, all of it or nothing. Throws `Refused`: FOLDER-001 where something stands there already, 005, 007. */
export function initFolder(path: string, options: InitOptions): Folder {
  const folder = resolve(path)
  const { platform, language = 'en', settings } = options
  const config = parse(configSchema, { ...settings, platform, language })
  if (isRefusal(config)) throw refused('FOLDER-005', config.detail, { field: config.field ?? 'platform' })
  let made: string | undefined
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw refused('FOLDER-001', `${folder} holds something already`, { expected: 'a new or empty folder' })
    }
    mkdirSync(dirname(folder), { recursive: true })
    // Made beside and renamed, so that a crash in between never leaves half a deployment under the name.
    made = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`))
    writeAll(made, config)
    if (existsSync(folder)) rmdirSync(folder)
    renameSync(made, folder)
  } catch (cause) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true })
    if (cause instanceof Refused) throw cause
    throw refused('FOLDER-007', `cannot make ${folder}: the system says ${codeOf(cause)}`, { cause })
  }
  return readFolder(folder)
}

/** A secret in a new file that only its owner reads. Throws `Refused`: FOLDER-001 where something stands there, FOLDER-007. */
export function writeNewSecret(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true })
  } catch (cause) {
    const code = codeOf(cause)
    if (code === 'EEXIST') throw refused('FOLDER-001', `${path} is there already`, { expected: 'a new file', cause })
    throw refused('FOLDER-007', `cannot write ${path}: the system says ${code}`, { cause })
  }
}

function readText(path: string, what: string): string {
  try {
    const { size } = statSync(path)
    if (size > FILE_BYTES_MAX) throw refused('FOLDER-003', `${what} ${path} has ${size} bytes; this is some other file`)
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    const code = codeOf(cause)
    throw refused('FOLDER-003', `cannot read ${what} ${path}: ${reasons[code] ?? `the system says ${code}`}`, { cause })
  }
}

/** A secret's text. On systems without POSIX modes the modes say nothing and are not looked at. */
export function readSecret(path: string, what: string): string {
  const text = readText(path, what)
  const mode = statSync(path).mode & 0o777
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
    throw refused('FOLDER-004', `${what} ${path} has mode 0${mode.toString(8)}`, { expected: 'mode 0600' })
  }
  return text.trim()
}

/** `config.json` alone; needs no secret. */
export function readConfig(folder: string): Config {
  const { config: path } = folderPaths(folder)
  if (!existsSync(path)) throw refused('FOLDER-002', `${resolve(folder)} holds no config.json`)
  const text = readText(path, 'the settings')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw refused('FOLDER-005', `${path} is not JSON: ${faultLine(cause, 200)}`, { cause })
  }
  const config = parse(configSchema, json)
  if (!isRefusal(config)) return config
  const { field, expected } = config
  throw refused('FOLDER-005', `${path}: ${config.detail}`, { ...(field && { field }), ...(expected && { expected }) })
}

function readToken(path: string, what: string): string {
  const token = readSecret(path, what)
  if (!TOKEN.test(token))
    throw refused('FOLDER-006', `${what} ${path} is not a token of 43 characters (256 bits, base64url)`)
  return token
}

export const readHostToken = (folder: string): string => readToken(folderPaths(folder).hostToken, 'the host token')

/** The token of the first enrolment; `undefined` once it is spent. */
export function readEnrolToken(folder: string): string | undefined {
  const { enrolToken } = folderPaths(folder)
  return existsSync(enrolToken) ? readToken(enrolToken, 'the token of the first enrolment') : undefined
}

function readPermitKey(path: string): KeyObject {
  const pem = readSecret(path, 'the permit key')
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    // The cause is not kept: OpenSSL's message may repeat what it read.
    throw refused('FOLDER-006', `the permit key ${path} is not a private key in PEM`)
  }
  if (key.asymmetricKeyType !== 'ed25519') throw refused('FOLDER-006', `the permit key ${path} is not an Ed25519 key`)
  return key
}

function readJournalSigner(path: string): NoteSigner {
  const signer = parseSigningKey(readSecret(path, 'the journal key'))
  if (isRefusal(signer)) throw refused('FOLDER-006', `the journal key ${path}: ${signer.detail}`)
  return signer
}

/** Reads the whole folder. Throws `Refused`, FOLDER-002 to 006, naming the file. */
export function readFolder(path: string): Folder {
  const folder = resolve(path)
  const paths = folderPaths(folder)
  const config = readConfig(folder)
  if (!existsSync(join(paths.journal, DATABASE_FILE))) {
    throw refused('FOLDER-008', `${join(paths.journal, DATABASE_FILE)} is not there, yet its keys and settings are`)
  }
  return {
    path: folder,
    paths,
    config,
    journalSigner: readJournalSigner(paths.journalKey),
    permitKey: readPermitKey(paths.permitKey),
    hostToken: readHostToken(folder),
  }
}
