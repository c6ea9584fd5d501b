/** `pasu price`: prices in won, by which losses are valued. */
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { readPriceFile } from '../../world/prices/index.ts'
import { throughDoor } from '../door.ts'
import type { Spec } from '../spec.ts'

export const price: Spec = {
  usage: 'price',
  summary: 'Load prices',
  exits: [0, 2, 3, 4, 70],
  inner: [
    {
      usage: 'load <file>',
      summary: 'Load prices from a CSV: asset,symbol,decimals,krw,date',
      exits: [0, 2, 3, 4, 70],
      examples: ['pasu price load prices.csv'],
      async run(context, [file = '']) {
        const prices = await readPriceFile(file)
        if (isRefusal(prices)) throw new Refused(prices)
        return throughDoor(context, async (door) => {
          const answers = []
          for (const list of prices.lists) answers.push(await door.ask('POST', '/v1/prices', list))
          const count = prices.lists.reduce((sum, list) => sum + list.prices.length, 0)
          context.print(answers, `${count} prices are loaded, ${prices.digest}`)
          return 0
        })
      },
    },
  ],
}
