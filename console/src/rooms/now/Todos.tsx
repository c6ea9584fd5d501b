import { Link } from '@tanstack/react-router'
import { useSpeech } from '../../i18n/language.tsx'
import { Shape } from '../../kit/Chip.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import type { Todo } from './whatNow.ts'

export function Todos({ todos }: { readonly todos: readonly Todo[] }) {
  const { t } = useSpeech()
  return (
    <Section title={t('now.todo')} id="todo">
      {todos.length === 0 ? (
        <Empty title={t('now.todo.none')}>{t('now.todo.none.more')}</Empty>
      ) : (
        <ol className="todos">
          {todos.map((todo) => (
            <li key={todo.id}>
              <Link {...todo.link} {...(todo.hash === undefined ? {} : { hash: todo.hash })} className="todo">
                <Shape tone={todo.tone} />
                <span className="todo-text">{todo.text(t)}</span>
                <span className="role">{t(`role.${todo.role}`)}</span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
