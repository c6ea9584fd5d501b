import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import './styles/index.css'
import { worthRetrying } from './api/problem.ts'
import { onSignedOut, startSessions } from './frame/enter.ts'
import { LanguageProvider } from './i18n/language.tsx'
import { router } from './routes.tsx'

/** A reading that failed for a passing reason is asked for this often again before the page says so. */
const RETRIES_MAX = 2
/** Within this time a reading is taken for fresh: the live stream tells at once when it is not. */
const FRESH_MS = 5_000

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The browser's word for being offline is about the internet; the server may stand on this very machine.
      networkMode: 'always',
      staleTime: FRESH_MS,
      retry: (count, error) => count < RETRIES_MAX && worthRetrying(error),
      refetchOnWindowFocus: true,
    },
  },
})

/** What the pages before the sign-in read: public, and in use while somebody signs out. */
const PUBLIC = new Set<unknown>(['access', 'enrolment', 'explain'])
onSignedOut(() => queryClient.removeQueries({ predicate: ({ queryKey }) => !PUBLIC.has(queryKey[0]) }))
startSessions()

const place = document.getElementById('root')
if (place !== null)
  createRoot(place).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <LanguageProvider>
            <RouterProvider router={router} />
          </LanguageProvider>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  )
