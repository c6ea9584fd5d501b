/** The flow of the stolen coins as the server draws it, in a shadow tree of its own so that neither page nor picture dresses the other. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { queries } from '../../api/queries.ts'
import { useTheme } from '../../frame/theme.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { dressFor, readDrawing } from './picture.ts'

interface FlowPictureProps {
  readonly trace: string
  readonly digest: string
}

export function FlowPicture({ trace, digest }: FlowPictureProps) {
  const { t, language } = useSpeech()
  const query = useQuery(queries.tracePicture(trace, digest, language))
  return (
    <div className="picture-frame">
      <Loaded query={query} lines={8}>
        {(text) => <Drawn text={text} label={t('case.flow.alt')} />}
      </Loaded>
    </div>
  )
}

function Drawn({ text, label }: { readonly text: string; readonly label: string }) {
  const host = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  useEffect(() => {
    if (host.current === null) return
    const shadow = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' })
    const drawing = readDrawing(text)
    if (drawing === undefined) return
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`svg { display: block; width: 100%; height: auto; font-family: inherit }\n${drawing.css}`)
    if (theme !== 'system') dressFor(sheet, theme)
    shadow.adoptedStyleSheets = [sheet]
    drawing.svg.setAttribute('role', 'img')
    drawing.svg.setAttribute('aria-label', label)
    shadow.replaceChildren(drawing.svg)
  }, [text, label, theme])
  return <div ref={host} className="picture" />
}
