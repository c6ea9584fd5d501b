/** What only a person knows and a notice must say, such as the cause: said once, in both languages, it goes into the next drafts. */
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { queries } from '../../api/queries.ts'
import type { Bilingual, Incident } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { ActForm } from '../../kit/ActForm.tsx'
import { useAct } from '../../kit/act.ts'
import { Fact, Facts } from '../../kit/Page.tsx'

interface Question extends Bilingual {
  readonly about: string
}

/** What the notices of this case have to answer, each question once. */
function useQuestions(incident: Incident): Question[] {
  const packs = useQuery(queries.packs()).data ?? []
  const arisen = new Set(incident.clocks.map(({ obligation }) => obligation))
  const questions = new Map<string, Question>()
  for (const { obligation, content } of packs.flatMap((pack) => pack.obligations))
    if (arisen.has(obligation))
      for (const { about, en, ko } of content) if (!questions.has(about)) questions.set(about, { about, en, ko })
  return [...questions.values()]
}

export function Statements({ incident }: { readonly incident: Incident }) {
  const { t, language, pick } = useSpeech()
  const questions = useQuestions(incident)
  if (questions.length === 0) return null
  const titleOf = (about: string): string => {
    const question = questions.find((candidate) => candidate.about === about)
    return question === undefined ? about : pick(question)
  }
  return (
    <div className="statements">
      <h3>{t('case.state')}</h3>
      <p className="quiet-text">{t('case.state.more')}</p>
      {incident.statements.length === 0 ? null : (
        <Facts>
          {incident.statements.map((statement) => (
            <Fact key={statement.about} name={titleOf(statement.about)}>
              {statement[language]}
            </Fact>
          ))}
        </Facts>
      )}
      {incident.status === 'open' ? <StatementForm incident={incident.incident} questions={questions} /> : null}
    </div>
  )
}

interface StatementFormProps {
  readonly incident: string
  readonly questions: readonly Question[]
}

function StatementForm({ incident, questions }: StatementFormProps) {
  const { t, pick } = useSpeech()
  const act = useAct()
  const id = useId()
  const send = (typed: object) => act('POST', `/v1/incidents/${incident}/statements`, typed, t('case.state.said'))
  return (
    <ActForm label={t('case.state.act')} send={send} act="incident.state">
      <div className="field">
        <label htmlFor={`${id}-about`}>{t('case.state.about')}</label>
        <select id={`${id}-about`} name="about">
          {questions.map((question) => (
            <option key={question.about} value={question.about}>
              {pick(question)}
            </option>
          ))}
        </select>
      </div>
      <div className="field grow">
        <label htmlFor={`${id}-ko`}>{t('lang.ko')}</label>
        <input id={`${id}-ko`} name="ko" lang="ko" required maxLength={500} autoComplete="off" />
      </div>
      <div className="field grow">
        <label htmlFor={`${id}-en`}>{t('lang.en')}</label>
        <input id={`${id}-en`} name="en" lang="en" required maxLength={500} autoComplete="off" />
      </div>
    </ActForm>
  )
}
