/** What the palette offers. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { queries } from '../api/queries.ts'
import { chainName } from '../format/caip.ts'
import { useSpeech } from '../i18n/language.tsx'
import { paths } from '../paths.ts'
import { signOut } from './enter.ts'
import { ROOMS } from './rooms.ts'

export interface Choice {
  readonly id: string
  readonly label: string
  readonly note?: string
  readonly run: () => void
}

export interface ChoiceGroup {
  readonly value: string
  readonly items: readonly Choice[]
}

/** Ids as the rooms write them; what fits is offered for opening, and the page says so if there is none. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{3,63}$/
const CODE = /^[A-Z]{2,12}-\d{3}$/
const INDEX = /^\d{1,15}$/

export function useChoices(typed: string): ChoiceGroup[] {
  const { t, language, setLanguage } = useSpeech()
  const navigate = useNavigate()
  const incidents = useQuery(queries.incidents()).data ?? []
  const wallets = useQuery(queries.wallets()).data ?? []
  const text = typed.trim()
  const minor = [
    { id: 'duties', label: 'nav.duties', link: paths.duties() },
    { id: 'sessions', label: 'nav.sessions', link: paths.sessions() },
  ] as const
  const rooms: Choice[] = [...ROOMS, ...minor].map((room) => ({
    id: `room-${room.id}`,
    label: t(room.label),
    run: () => void navigate(room.link),
  }))
  const acts: Choice[] = [
    { id: 'speak', label: t('palette.speak'), run: () => setLanguage(language === 'ko' ? 'en' : 'ko') },
    {
      id: 'sign-out',
      label: t('act.signOut'),
      run: () => void signOut(),
    },
  ]
  const found: Choice[] = []
  if (INDEX.test(text))
    found.push({
      id: 'entry',
      label: t('palette.openEntry', { index: text }),
      run: () => void navigate(paths.entry(Number(text))),
    })
  else if (CODE.test(text.toUpperCase()))
    found.push({
      id: 'code',
      label: t('palette.openCode', { code: text.toUpperCase() }),
      run: () => void navigate(paths.explain(text.toUpperCase())),
    })
  else if (ID.test(text))
    found.push({
      id: 'withdrawal',
      label: t('palette.openWithdrawal', { id: text }),
      run: () => void navigate(paths.withdrawal(text)),
    })
  const groups: ChoiceGroup[] = [
    { value: t('palette.rooms'), items: rooms },
    {
      value: t('palette.incidents'),
      items: incidents.map((row) => ({
        id: `incident-${row.incident}`,
        label: `${t(`kind.${row.kind}`)} ${row.incident}`,
        note: `${chainName(row.chain)} · ${t(`incident.${row.status}`)}`,
        run: () => void navigate(paths.incident(row.incident)),
      })),
    },
    {
      value: t('palette.wallets'),
      items: wallets.map((row) => ({
        id: `wallet-${row.wallet}`,
        label: row.wallet,
        note: `${t(`wallet.${row.kind}`)} · ${chainName(row.chain)}`,
        run: () => void navigate(paths.wallet(row.wallet)),
      })),
    },
    { value: t('palette.acts'), items: acts },
    { value: t('palette.found'), items: found },
  ]
  return groups.filter((group) => group.items.length > 0)
}
