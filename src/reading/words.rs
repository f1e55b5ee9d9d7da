//! The words of plans in the languages people write them in: states, and what columns and labels are called.
//!
//! Words are compared whole and in lower case, so a list holds each form that people use. What a word means in one language
//! and not in another is left out.

use super::marks::Mark;
use crate::model::State;

/// What a column of a table or the key of a label holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The name or number of a task.
    Id,
    /// The words of a task.
    Task,
    /// Where it stands.
    Status,
    /// How much of it is done.
    Progress,
    /// Who does it.
    Owner,
    /// How long it takes.
    Effort,
    /// How important it is.
    Priority,
    /// When it is to be done.
    Due,
    /// When it is to begin.
    Start,
    /// What must be done before.
    Depends,
    /// What may go wrong.
    Risk,
    /// How bad, or how likely.
    Severity,
    /// What is done against it.
    Mitigation,
    /// A point in time with a name.
    Milestone,
    /// A phase.
    Phase,
    /// A person or a team.
    Team,
    /// The strength of a team.
    Strength,
    /// What a phase is for.
    Goal,
}

/// The keys in English, and in the languages of the plans that were looked at.
const KEYS: &[(Key, &str)] = &[
    (Key::Id, "# | id | no | no. | nr | nr. | num | task id | 编号 | 序号 | 번호 | mã | מספר"),
    (
        Key::Task,
        "task | tasks | task name | item | items | feature | features | story | stories | user story | \
         work item | deliverable | deliverables | action | action item | actions | activity | to do | \
         todo | requirement | 任务 | 任务名称 | 任务名 | 功能 | 事项 | 工作项 | 项目 | タスク | 作業 | \
         機能 | 작업 | 태스크 | 기능 | 항목 | المهمة | مهمة | משימה | tâche | tâches | fonctionnalité | \
         livrable | tarea | tareas | funcionalidad | entregable | tarefa | tarefas | entrega | aufgabe | \
         aufgaben | arbeitspaket | задача | nhiệm vụ | công việc | tính năng | งาน",
    ),
    (
        Key::Status,
        "status | state | done | done? | complete | completed | ✓ | ✔ | ✅ | 状态 | 狀態 | 状況 | \
         ステータス | 상태 | الحالة | סטטוס | מצב | statut | état | etat | estado | situação | stand | \
         статус | trạng thái | สถานะ",
    ),
    (
        Key::Progress,
        "progress | % complete | % done | completion | percent | % | 进度 | 完成度 | 進捗 | 진행률 | \
         التقدم | התקדמות | avancement | progreso | progresso | fortschritt | прогресс | tiến độ",
    ),
    (
        Key::Owner,
        "owner | owners | owner(s) | owner(s) or team(s) | assignee | assignees | assigned to | \
         assigned | lead | who | responsible | dri | 负责人 | 責任者 | 担当 | 担当者 | 담당 | 담당자 | \
         المسؤول | אחראי | responsable | responsável | verantwortlich | zuständig | ответственный | \
         исполнитель | phụ trách | người phụ trách",
    ),
    (
        Key::Effort,
        "effort | estimate | estimated | estimated effort | estimated time | estimation | duration | \
         time | est. | size | points | story points | workload | 工期 | 工时 | 时间 | 预计时间 | 预估 | \
         工数 | 期間 | 소요 | 기간 | 예상 시간 | المدة | זמן | משך | משך זמן | durée | charge | \
         duración | esfuerzo | duração | esforço | dauer | aufwand | длительность | thời gian",
    ),
    (
        Key::Priority,
        "priority | prio | 优先级 | 優先度 | 우선순위 | الأولوية | עדיפות | priorité | prioridad | \
         prioridade | priorität | приоритет | ưu tiên | độ ưu tiên",
    ),
    (
        Key::Due,
        "due | due date | deadline | target date | target completion | expected date | \
         expected completion | completion date | by when | eta | date | 截止 | 截止日期 | 期限 | 마감 | \
         마감일 | 기한 | الموعد | תאריך יעד | échéance | fecha límite | fecha | prazo | fällig | frist | \
         termin | срок | hạn",
    ),
    (
        Key::Start,
        "start | start date | begin | 开始 | 开始日期 | 開始日 | 시작 | 시작일 | début | inicio | \
         início | beginn",
    ),
    (
        Key::Depends,
        "depends on | depends | dependencies | dependency | blocked by | requires | prerequisite | \
         prerequisites | blocker | blockers | 依赖 | 依赖项 | 依存 | 의존성 | תלויות | תלוי ב | \
         dépendances | dépend de | dependencias | depende de | dependências | abhängigkeiten | \
         hängt ab von | зависимости | phụ thuộc",
    ),
    (
        Key::Risk,
        "risk | risks | risk description | 风险 | 风险项 | リスク | 위험 | 리스크 | المخاطر | סיכון | \
         risque | riesgo | risco | risiko | риск | rủi ro",
    ),
    (
        Key::Severity,
        "severity | impact | level | probability | likelihood | rating | 影响 | 等级 | 严重性 | 概率 | \
         可能性 | 影響 | 영향 | 가능성 | הסתברות | השפעה | probabilité | gravité | impacto | \
         probabilidad | probabilidade | auswirkung | wahrscheinlichkeit | вероятность | влияние | \
         ảnh hưởng",
    ),
    (
        Key::Mitigation,
        "mitigation | mitigations | mitigation strategy | response | countermeasure | action plan | \
         缓解 | 缓解措施 | 应对 | 应对措施 | 対策 | 완화 | 대응 | 대응 방안 | הפחתה | צמצום | מענה | \
         פתרון | atténuation | mitigación | mitigação | maßnahme | gegenmaßnahme | меры | giảm thiểu",
    ),
    (
        Key::Milestone,
        "milestone | milestones | 里程碑 | マイルストーン | 마일스톤 | אבן דרך | jalon | hito | marco | \
         meilenstein | веха | cột mốc",
    ),
    (
        Key::Phase,
        "phase | phases | stage | 阶段 | フェーズ | 단계 | المرحلة | שלב | étape | fase | etapa | этап | \
         giai đoạn",
    ),
    (
        Key::Team,
        "team | role | resource | member | team member | person | name | 团队 | 角色 | チーム | 役割 | \
         팀 | 역할 | צוות | תפקיד | équipe | rôle | equipo | rol | equipe | rolle",
    ),
    (
        Key::Strength,
        "fte | ftes | allocation | capacity | availability | strength | 人数 | 投入 | 工数配分 | 할당 | \
         kapazität | asignación | alocação",
    ),
    (
        Key::Goal,
        "goal | goals | objective | focus | theme | 目标 | 核心目标 | 主题 | 目標 | テーマ | 목표 | \
         מטרה | objectif | objetivo | ziel | цель | mục tiêu",
    ),
];

/// The words that say a state, in lower case.
const STATES: &[(Mark, &str)] = &[
    (
        Mark::State(State::Done),
        "done | complete | completed | finished | shipped | released | merged | closed | implemented | \
         delivered | live | 完成 | 已完成 | 完了 | 완료 | مكتمل | تم | مكتملة | הושלם | בוצע | terminé | \
         terminée | fait | fini | hecho | hecha | completado | completada | terminado | feito | \
         concluído | concluída | erledigt | fertig | abgeschlossen | готово | выполнено | завершено | \
         hoàn thành | xong | เสร็จแล้ว",
    ),
    (
        Mark::State(State::InProgress),
        "in progress | in-progress | inprogress | wip | work in progress | ongoing | started | active | \
         doing | partial | partially done | partially complete | underway | in development | in review | \
         under review | current | current priority | current focus | 进行中 | 开发中 | 进行 | 部分完成 | \
         進行中 | 작업중 | 진행중 | 진행 중 | قيد التنفيذ | جاري | בתהליך | בביצוע | en cours | \
         en progreso | en curso | em andamento | em progresso | in arbeit | laufend | в работе | \
         в процессе | đang làm | đang thực hiện",
    ),
    (
        Mark::State(State::Blocked),
        "blocked | on hold | stuck | stalled | at risk | waiting | 阻塞 | 受阻 | 暂停 | ブロック | \
         保留 | 차단 | 보류 | محظور | معلق | חסום | bloqué | bloquée | bloqueado | bloqueada | \
         blockiert | заблокировано | bị chặn",
    ),
    (
        Mark::State(State::Dropped),
        "dropped | cancelled | canceled | won't do | wont do | wontfix | won't fix | abandoned | \
         rejected | obsolete | removed | 取消 | 已取消 | 废弃 | 中止 | 취소 | ملغى | בוטל | annulé | \
         annulée | abandonné | cancelado | cancelada | verworfen | abgebrochen | отменено | đã hủy",
    ),
    (
        Mark::Open,
        "todo | to do | to-do | planned | not started | not begun | pending | open | backlog | ready | \
         queued | scheduled | upcoming | proposed | deferred | later | future | next | new | 待办 | \
         待开始 | 未开始 | 计划中 | 计划 | 规划中 | 待定 | 未着手 | 予定 | 예정 | 대기 | 계획 | \
         لم يبدأ | مخطط | ממתין | מתוכנן | טרם החל | à faire | prévu | planifié | pendiente | \
         por hacer | planificado | pendente | a fazer | planejado | offen | geplant | запланировано | \
         не начато | chưa bắt đầu | chưa làm | kế hoạch",
    ),
];

/// Words are at most this many bytes long; a longer text is none.
const MAX_WORD: usize = 40;

/// Reads the head of a column or the key of a label.
#[must_use]
pub fn key(text: &str) -> Option<Key> {
    find(KEYS, text)
}

/// Reads a text that is the word for a state and nothing else.
#[must_use]
pub fn state_word(text: &str) -> Option<Mark> {
    find(STATES, text)
}

/// Returns the words of a list, which stand in one text with ` | ` between them.
fn all(words: &str) -> impl Iterator<Item = &str> {
    words.split(" | ")
}

fn find<T: Copy>(lists: &[(T, &str)], text: &str) -> Option<T> {
    let text = text.trim_matches(|it: char| it.is_whitespace() || matches!(it, '*' | '_' | ':' | '：' | '.' | '!'));
    if text.is_empty() || MAX_WORD < text.len() {
        return None;
    }
    let lower = text.to_lowercase();
    lists.iter().find(|(_, words)| all(words).any(|it| it == lower)).map(|(it, _)| *it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn words_are_compared_whole_and_in_any_case() {
        assert_eq!(key("Status"), Some(Key::Status));
        assert_eq!(key(" **Owner** "), Some(Key::Owner));
        assert_eq!(key("المهمة"), Some(Key::Task));
        assert_eq!(key("상태"), Some(Key::Status));
        assert_eq!(key("Statutory"), None);
        assert_eq!(state_word("DONE"), Some(Mark::State(State::Done)));
        assert_eq!(state_word("Not started"), Some(Mark::Open));
        assert_eq!(state_word("not done"), None);
        assert_eq!(state_word("הושלם"), Some(Mark::State(State::Done)));
    }

    #[test]
    fn no_word_means_two_things() {
        let mut seen = HashSet::new();
        for word in STATES.iter().flat_map(|(_, words)| all(words)) {
            assert!(seen.insert(word), "{word}");
            assert_eq!(word, word.to_lowercase());
        }
        seen.clear();
        for word in KEYS.iter().flat_map(|(_, words)| all(words)) {
            assert!(seen.insert(word), "{word}");
            assert_eq!(word, word.to_lowercase());
        }
    }
}
