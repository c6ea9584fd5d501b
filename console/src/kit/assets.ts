/** Symbol and decimals of an asset, for answers that name it by its CAIP-19 id alone. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { queries } from '../api/queries.ts'
import { assetTail } from '../format/caip.ts'

export interface AssetUnit {
  readonly symbol: string
  readonly decimals: number
}

/** An asset of no wallet of ours is shown in base units under the tail of its id: honest, if not pretty. */
export function useAssetUnit(): (asset: string) => AssetUnit {
  const wallets = useQuery(queries.wallets()).data
  const known = useMemo(() => {
    const units = new Map<string, AssetUnit>()
    for (const wallet of wallets ?? [])
      for (const { asset, symbol, decimals } of wallet.assets) units.set(asset, { symbol, decimals })
    return units
  }, [wallets])
  return useCallback((asset) => known.get(asset) ?? { symbol: assetTail(asset), decimals: 0 }, [known])
}

/** The unit that an answer gives itself, where it gives one. */
export const useUnit = (): ((row: MaybeUnit) => AssetUnit) => {
  const unitOf = useAssetUnit()
  return useCallback(
    ({ asset, symbol, decimals }) => (symbol === null || decimals === null ? unitOf(asset) : { symbol, decimals }),
    [unitOf],
  )
}

interface MaybeUnit {
  readonly asset: string
  readonly symbol: string | null
  readonly decimals: number | null
}
