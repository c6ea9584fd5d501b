/**
 * What a decision costs: decisions a second on one core, as Cedar makes them afresh and as they are remembered, beside casbin with the same
 * duties and the same people in the same run; that the two agree on all of it; how the cost grows with policies and with people; and what
 * loading the engine takes. Run: `npx node bench/authorise.ts`.
 *
 * - fresh: Cedar evaluates all policies for each question. Empty memory: the first 100,000 questions after a start, drawn evenly from everything
 *   that can be asked, of which some 25,000 are new; a real day asks far fewer. Remembered: every further question.
 * - a second of one core is a second of the process's time on the processor, so that a busy machine does not make it longer.
 * - the further policies that make 100 of ours are forbids on roles that nobody holds together: they cost and change nothing. casbin gets
 *   the same as rules.
 */
import { ACTIONS, type Asked, type Authority, openAuthority, ROLES } from '../src/rooms/access/authority/index.ts'
import { readPolicyFiles } from '../src/world/authority.ts'
import { CASES } from '../test/kit/authority.ts'
import { casbin, type Peer } from './authorise-casbin.ts'
import { random } from './random.ts'

/** Decisions a second on one core that are asked for, with so many policies and people. */
const TARGET = 20_000
const POLICIES = 100
const PEOPLE = 10_000
const SEED = 20_251_127
/** Best of so many runs: the first also pays for compilation. */
const RUNS = 3
const RUN_MS = 400
/** Questions that are asked in turn; more than any memory of a processor keeps at hand. */
const QUESTIONS = 100_000

const shown = (value: number): string => Math.round(value).toLocaleString('en').padStart(9)
const megabytes = (): number => process.memoryUsage().rss / 1e6
const cpuSeconds = (from?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6
}

/** Decisions in a second of one core over all questions, once each, and from then on. */
function remembering(authority: Authority, all: readonly Query[]): readonly [number, number] {
  const cpu = process.cpuUsage()
  const ask = asking(authority, all)
  for (let place = 0; place < all.length; place += 1) ask(place)
  return [all.length / cpuSeconds(cpu), rate(ask)]
}

/** Calls in a second of one core, the best of the runs. */
function rate(work: (place: number) => void): number {
  let best = 0
  for (let run = 0; run < RUNS; run += 1) {
    const [from, cpu] = [performance.now(), process.cpuUsage()]
    let done = 0
    while (performance.now() - from < RUN_MS) for (const end = done + 10; done < end; done += 1) work(done)
    best = Math.max(best, done / cpuSeconds(cpu))
  }
  return best
}

const next = random(SEED)
const pick = <T>(all: readonly T[]): T => {
  const one = all[Math.floor(next() * all.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

interface Member {
  readonly name: string
  readonly roles: readonly string[]
}
/** Mostly one role, some two, as teams are; every pair of them, the forbidden ones too. */
const team = (count: number): readonly Member[] =>
  Array.from({ length: count }, (_, place) => {
    const first = pick(ROLES)
    return { name: `person-${place}`, roles: next() < 0.3 ? [...new Set([first, pick(ROLES)])] : [first] }
  })

const CASES_OF_PEOPLE = CASES.filter(({ action }) => action.by.includes('person'))
interface Query {
  readonly asked: Asked
  readonly casbin: readonly [string, string, string, string, string]
}

function query(
  { name, roles }: Member,
  { action, relation }: (typeof CASES)[number],
  founder: boolean,
  founding: boolean,
): Query {
  const named = Object.entries(relation.people).map(([key, who]) => [key, who === 'kim.minji' ? name : who])
  const people: Pick<Asked, 'proposer' | 'about' | 'owner'> = Object.fromEntries(named)
  const whose = people.proposer ?? people.owner
  return {
    asked: {
      principal: { kind: 'person', person: name, roles, founder },
      ...{ action: action.action, context: { founding }, ...people },
    },
    casbin: [
      name,
      action.action,
      whose === undefined ? '' : whose === name ? 'own' : 'others',
      people.about === name ? 'self' : '',
      founder && founding ? 'founder' : '',
    ],
  }
}

/** One founder in a hundred, so that founding is among the questions. */
const questions = (people: readonly Member[]): readonly Query[] =>
  Array.from({ length: QUESTIONS }, () => query(pick(people), pick(CASES_OF_PEOPLE), next() < 0.01, next() < 0.5))

const MORE_ACTIONS = ACTIONS.filter(({ by }) => by.includes('person')).map(({ action }) => action)
const moreActions = (count: number): string[] =>
  Array.from({ length: count }, (_, place) => MORE_ACTIONS[place % MORE_ACTIONS.length] ?? 'gate.read')

const files = readPolicyFiles()
const cedar = await loaded()

/** Loads the engine, and says what that and the opening take of a process that has done nothing else. */
async function loaded() {
  const [before, cpu, from] = [megabytes(), process.cpuUsage(), performance.now()]
  const engine = await import('@cedar-policy/cedar-wasm/nodejs')
  const [load, loadMb] = [performance.now() - from, megabytes() - before]
  const opened = openAuthority(engine, files)
  const [open, openMb] = [performance.now() - from - load, megabytes() - before - loadMb]
  const used = cpuSeconds(cpu) * 1_000
  opened.may({ kind: 'person', person: 'kim', roles: ['operator'], founder: false }, { founding: false })
  const first = performance.now() - from - load - open
  console.log(
    `load the engine: ${load.toFixed(0)} ms, ${loadMb.toFixed(0)} MB; open and validate ${opened.policies.length} policies: ${open.toFixed(0)} ms, ${openMb.toFixed(0)} MB; both ${used.toFixed(0)} ms of processor`,
  )
  console.log(
    `everything that one role may, for the first time: ${first.toFixed(0)} ms; Cedar ${engine.getCedarVersion()}\n`,
  )
  return engine
}

function opened(policies: number, remember: boolean): Authority {
  const texts = moreActions(policies - openAuthority(cedar, files).policies.length).map(
    (action, place) =>
      `@id("more-${place}")\nforbid (principal in Role::"auditor", action == Action::"${action}", resource) when { principal in Role::"regulator" };`,
  )
  const more = { name: 'more.cedar', text: texts.join('\n') }
  return openAuthority(cedar, { ...files, files: [...files.files, more] }, { remember })
}

const asking = (authority: Authority, all: readonly Query[]) => (place: number) => {
  const one = all[place % all.length]
  if (one !== undefined) authority.decide(one.asked)
}
const enforcing =
  ({ enforcer }: Peer, all: readonly Query[]) =>
  (place: number) => {
    const one = all[place % all.length]
    if (one !== undefined) enforcer.enforceSync(...one.casbin)
  }

const ours = openAuthority(cedar, files).policies.length

const HEADS = '    fresh | empty memory | remembered | casbin rules |    casbin'

/** One line of a table: ours and, where it has as many, casbin's. */
async function row(first: string, policies: number, people: readonly Member[]): Promise<void> {
  const all = questions(people)
  const fresh = rate(asking(opened(policies, false), all))
  const [empty, remembered] = remembering(opened(policies, true), all)
  const peer = await casbin(people, moreActions(policies - ours))
  const theirs = rate(enforcing(peer, all))
  const ending = [String(peer.rules).padStart(12), shown(theirs), remembered >= TARGET ? 'yes' : 'NO']
  console.log([first, shown(fresh), `   ${shown(empty)}`, ` ${shown(remembered)}`, ...ending].join(' | '))
}

async function byPolicies(): Promise<void> {
  const people = team(PEOPLE)
  console.log(`${shown(PEOPLE).trim()} people; decisions in a second of one core`)
  console.log(`policies | ${HEADS} | at least ${shown(TARGET).trim()}`)
  for (const policies of [ours, POLICIES, 2 * POLICIES]) await row(String(policies).padStart(8), policies, people)
}

async function byPeople(): Promise<void> {
  console.log(`\n${POLICIES} policies; decisions in a second of one core`)
  console.log(`   people | ${HEADS} | at least ${shown(TARGET).trim()}`)
  for (const count of [100, 1_000, PEOPLE]) await row(shown(count), POLICIES, team(count))
}

/** Every set of roles that somebody holds, with every action and relation, founder or not, founding or not: both must say the same. */
async function agreement(): Promise<void> {
  const sets = new Map(team(PEOPLE).map(({ roles }) => [[...roles].sort().join('-'), roles]))
  const people = [...sets].map(([name, roles]): Member => ({ name, roles }))
  const authority = opened(POLICIES, true)
  const { enforcer } = await casbin(people, moreActions(POLICIES - ours))
  let asked = 0
  for (const member of people) {
    for (const one of CASES_OF_PEOPLE) {
      for (const founder of [false, true]) {
        const { asked: question, casbin: theirs } = query(member, one, founder, founder)
        const mine = 'allowed' in authority.decide(question)
        asked += 1
        if (mine !== enforcer.enforceSync(...theirs)) throw new Error(`they differ: ${JSON.stringify(question)}`)
      }
    }
  }
  console.log(
    `\nCedar and casbin agree on all ${asked.toLocaleString('en')} questions of ${people.length} sets of roles`,
  )
}

await byPolicies()
await byPeople()
await agreement()
