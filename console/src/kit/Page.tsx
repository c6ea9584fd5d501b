/** A page and its sections. The heading takes the focus after a change of page, so that reading starts at the top. */
import { type ReactNode, useEffect, useId } from 'react'

interface PageProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly acts?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, lead, acts, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Pasu`
  }, [title])
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 tabIndex={-1} data-focus="page">
            {title}
          </h1>
          {lead === undefined ? null : <div className="lead">{lead}</div>}
        </div>
        {acts === undefined ? null : <div className="acts">{acts}</div>}
      </header>
      {children}
    </div>
  )
}

interface SectionProps {
  readonly title: string
  /** A short remark beside the heading, such as a count. */
  readonly note?: ReactNode
  readonly acts?: ReactNode
  /** What a link to this part of the page names. */
  readonly id?: string
  readonly className?: string
  readonly children: ReactNode
}

export function Section({ title, note, acts, id, className = '', children }: SectionProps) {
  const heading = useId()
  return (
    <section id={id} className={`section ${className}`} aria-labelledby={heading}>
      <div className="section-head">
        <h2 id={heading}>{title}</h2>
        {note === undefined ? null : <span className="note">{note}</span>}
        {acts === undefined ? null : <div className="acts">{acts}</div>}
      </div>
      {children}
    </section>
  )
}

/** Names and values, one pair a line. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
