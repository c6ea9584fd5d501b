/** An address in first, middle and last groups, whose it is, and a warning where it only looks like one we know. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { queries } from '../api/queries.ts'
import type { Wallet } from '../api/types.ts'
import { addressParts, lookAlike, sameAddress } from '../format/address.ts'
import { addressOf } from '../format/caip.ts'
import { useSpeech } from '../i18n/language.tsx'
import { Chip } from './Chip.tsx'
import { CopyButton } from './Copy.tsx'

interface KnownAddress {
  readonly address: string
  readonly wallet: string
  readonly refuge: boolean
}

function knownAddresses(wallets: readonly Wallet[]): KnownAddress[] {
  return wallets.flatMap((wallet) => [
    { address: addressOf(wallet.account), wallet: wallet.wallet, refuge: false },
    ...(wallet.refuge === null ? [] : [{ address: addressOf(wallet.refuge), wallet: wallet.wallet, refuge: true }]),
  ])
}

/** The whole address is in the page, so that a selection copies all of it; style sheets hide the gaps. */
export function AddressText({ address }: { readonly address: string }) {
  const parts = addressParts(address)
  if (parts.last === '') return <span className="address">{address}</span>
  return (
    <span className="address" title={address} translate="no">
      {parts.first}
      <span className="gap">{parts.gapOne}</span>
      {parts.middle}
      <span className="gap">{parts.gapTwo}</span>
      {parts.last}
    </span>
  )
}

export function Address({ account, copy = true }: { readonly account: string; readonly copy?: boolean }) {
  const { t } = useSpeech()
  const wallets = useQuery(queries.wallets()).data
  const known = useMemo(() => knownAddresses(wallets ?? []), [wallets])
  const address = addressOf(account)
  const ours = known.find((entry) => sameAddress(entry.address, address))
  const alike =
    ours === undefined
      ? lookAlike(
          address,
          known.map((entry) => entry.address),
        )
      : undefined
  const resembled = known.find((entry) => entry.address === alike)
  return (
    <span className="address-line">
      <AddressText address={address} />
      {copy ? <CopyButton text={address} what={t('word.address')} /> : null}
      {ours === undefined ? null : (
        <span className="owner">{t(ours.refuge ? 'word.refugeOf' : 'word.ourWallet', { wallet: ours.wallet })}</span>
      )}
      {resembled === undefined ? null : <Chip tone="stolen">{t('word.lookAlike', { wallet: resembled.wallet })}</Chip>}
    </span>
  )
}
