/** One polite live region for the whole console; the same words float at the edge for a moment. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { announce, lastAnnounced, onAnnounce } from '../kit/announce.ts'

/** Long enough to read one line twice. */
const SHOWN_MS = 4_000

export function Announcer() {
  const said = useSyncExternalStore(onAnnounce, lastAnnounced)
  const [shown, setShown] = useState('')
  useEffect(() => {
    setShown(said)
    if (said === '') return
    const timer = setTimeout(() => announce(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <div className={shown === '' ? 'announcer' : 'announcer said'} role="status">
      {shown}
    </div>
  )
}
