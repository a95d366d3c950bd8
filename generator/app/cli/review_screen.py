"""The questions of ``taizhang review``, one by one on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from generator.app.cli.screen import Settings
from generator.base.messages import Message
from generator.content.decisions import Decision, DecisionAction
from generator.ingest.review import Note, NoteKind, Question, is_settled, make_decision, question_row
from generator.model import Basis, District, StatusValue, StepOutcome

_NO_NUMBER, _NO_AMOUNT = Message("本期没有写数"), Message("没有写明数量")
_CHOICES = {"a": DecisionAction.ACCEPT, "c": DecisionAction.CORRECT, "r": DecisionAction.REJECT}
_HELP = Message("[a] 采用  [c] 改正  [r] 不是  [l] 以后再说  [q] 结束")
_HELP_NOTE = Message("[c] 填写  [r] 本期确实没有  [l] 以后再说  [q] 结束")
_NOTE_HEADINGS = {
    NoteKind.LOST: Message("上期有数、本期没有读到"),
    NoteKind.UNREAD: Message("有数但没有读成确数"),
    NoteKind.STATUS: Message("办到哪一步读不准"),
    NoteKind.PART: Message("承诺里的一件事"),
    NoteKind.STEP: Message("上期的打算后来怎样读不准"),
}


class ReviewScreen:
    """Asks in the language of the run."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self._tell = settings.tell
        self._console = console

    def ask_questions(
        self, district: District, questions: tuple[Question, ...]
    ) -> tuple[list[Decision], bool]:
        """What a person decided, and whether the end was reached."""
        decided: list[Decision] = []
        for number, question in enumerate(questions, start=1):
            if is_settled(question, decided):
                continue
            self._console.rule(f"{district.name} {number}/{len(questions)} {question.task.id}")
            self._show_question(question)
            answer = self._choose(_HELP, "acrlq")
            if answer == "q":
                return decided, False
            if answer in _CHOICES:
                decided.append(self._answer(question, _CHOICES[answer]))
        return decided, True

    def ask_notes(self, notes: tuple[Note, ...]) -> Iterator[Decision]:
        """Numbers that are missing or not exact: written by hand, or said to be none."""
        for number, note in enumerate(notes, start=1):
            heading = self._tell(_NOTE_HEADINGS[note.kind])
            self._console.rule(f"{heading} {number}/{len(notes)} {note.task.id}")
            self._show_note(note)
            answer = self._choose(_HELP_NOTE, "crlq")
            if answer == "q":
                return
            if answer in _CHOICES:
                yield self._decide_note(note, _CHOICES[answer])

    def _choose(self, words: Message, letters: str) -> str:
        return Prompt.ask(self._tell(words), choices=list(letters), default="l", console=self._console)

    def _print(self, said: Message, style: str = "") -> None:
        self._console.print(Text(self._tell(said), style=style))

    def _show_question(self, question: Question) -> None:
        row = question_row(question)
        if question.period is not None:
            self._print(Message("目标任务：{text}", text=question.task.commitment))
            self._show_target(row["target"], f"{row['metric']} {row['promised']}")
        label = Message("推进情况：") if question.period else Message("目标任务：")
        text = Text(question.text)
        for start, end in question.candidate.spans:
            text.stylize("bold reverse", start, end)
        self._console.print(Text(self._tell(label)) + text)
        proposal = f"{row['value']}{row['unit']}"
        self._print(
            Message("建议：{value}（{reason}）", value=proposal, reason=question.candidate.reason), "yellow"
        )

    def _show_target(self, name: str, promised: str) -> None:
        self._print(Message("目标 {target}：{promised}", target=name, promised=promised), "bold")

    def _show_note(self, note: Note) -> None:
        target = note.target
        if target is not None:
            self._show_target(target.id, f"{target.metric} {target.value:f}{target.unit}")
        quotes = "".join(f"“{quote}”" for quote in note.quotes)
        self._print(Message("{reason}（{quotes}）", reason=note.reason, quotes=quotes), "yellow")
        if note.period:
            self._print(Message("本期推进情况：{text}", text=note.text))
        else:
            self._print(Message("目标任务：{text}", text=note.text))

    def _decide_note(self, note: Note, action: DecisionAction) -> Decision:
        decision = _begin(note, action)
        if note.kind is NoteKind.STATUS:
            return self._decide_status(note, decision, action)
        if note.kind is NoteKind.PART:
            return self._decide_part(note, decision, action)
        if note.kind is NoteKind.STEP:
            return self._decide_step(note, decision, action)
        if action is DecisionAction.REJECT:
            return replace(decision, reason=self._tell(_NO_NUMBER if note.target else _NO_AMOUNT))
        last = note.last
        unit = last.unit if last else note.target.unit if note.target else ""
        return replace(
            decision,
            value=self._ask_number(last.value if last else Decimal(0)),
            unit=self._ask(Message("单位"), unit),
            basis=last.basis if last and last.basis is not Basis.SUM else None,
            quotes=(self._ask_quote(note.text, "" if note.kind is NoteKind.LOST else note.quotes[0]),),
        )

    def _decide_step(self, note: Note, decision: Decision, action: DecisionAction) -> Decision:
        """A person chooses what became of an announcement; refused: the table does not speak of it."""
        decided = replace(decision, decision=DecisionAction.CORRECT, step=note.step, quotes=())
        if action is not DecisionAction.CORRECT:
            return replace(decided, outcome=StepOutcome.UNMENTIONED)
        choices = [value.value for value in StepOutcome]
        default = note.proposed or StepOutcome.UNMENTIONED
        words = self._tell(Message("后来怎样"))
        answer = Prompt.ask(words, choices=choices, default=default.value, console=self._console)
        outcome = StepOutcome(answer)
        silent = outcome is StepOutcome.UNMENTIONED
        quotes = () if silent else (self._ask_quote(note.whole, "".join(note.quotes)),)
        return replace(decided, outcome=outcome, quotes=quotes)

    def _decide_part(self, note: Note, decision: Decision, action: DecisionAction) -> Decision:
        """A person says how far a part is, or that it is none."""
        if action is not DecisionAction.CORRECT:
            return replace(decision, part=note.step, quotes=())
        return replace(self._decide_status(note, decision, action), part=note.step)

    def _decide_status(self, note: Note, decision: Decision, action: DecisionAction) -> Decision:
        """A person chooses the rung and its words, or leaves it undecided for good."""
        decided = replace(decision, decision=DecisionAction.CORRECT)
        if action is not DecisionAction.CORRECT:
            return replace(decided, status=StatusValue.UNDECIDED, quotes=())
        choices = [value.value for value in StatusValue]
        default = note.proposed or StatusValue.NO_INFORMATION
        words = self._tell(Message("状态"))
        answer = Prompt.ask(words, choices=choices, default=default.value, console=self._console)
        status = StatusValue(answer)
        if status is note.proposed:
            return replace(decided, status=status)
        bare = status in (StatusValue.INTENT, StatusValue.NO_INFORMATION, StatusValue.UNDECIDED)
        quotes = () if bare else (self._ask_quote(note.text, "".join(note.quotes)),)
        return replace(decided, status=status, quotes=quotes)

    def _answer(self, question: Question, action: DecisionAction) -> Decision:
        decision = make_decision(question, action)
        if action is not DecisionAction.CORRECT:
            return decision
        value = self._ask_number(decision.value or Decimal(0))
        unit = self._ask(Message("单位"), decision.unit or "")
        return replace(
            decision, value=value, unit=unit, quotes=(self._ask_quote(question.text, decision.quotes[0]),)
        )

    def _ask(self, words: Message, default: str) -> str:
        return Prompt.ask(self._tell(words), default=default, console=self._console)

    def _ask_number(self, default: Decimal) -> Decimal:
        while True:
            try:
                value = Decimal(self._ask(Message("数值"), f"{default:f}"))
            except InvalidOperation:
                value = Decimal("NaN")
            if value.is_finite():
                return value
            self._print(Message("这不是一个数。"))

    def _ask_quote(self, text: str, default: str) -> str:
        while True:
            quote = self._ask(Message("引文（原文里的原话）"), default)
            if quote and quote in text:
                return quote
            self._print(Message("原文里没有这句话，请一字不改地写。"))


def _begin(note: Note, action: DecisionAction) -> Decision:
    """A decision on a note, before a person has filled anything in."""
    return Decision(
        task=note.task.id,
        decision=action,
        period=note.period,
        target=note.target.id if note.target else None,
        quotes=() if note.target else note.quotes,
    )


def ask_district(
    district: District, questions: tuple[Question, ...], notes: tuple[Note, ...], settings: Settings
) -> tuple[Decision, ...]:
    """A person's decisions on one district: questions first, then notes unless the person ended before."""
    screen = ReviewScreen(settings, Console(highlight=False, markup=False))
    decided, to_the_end = screen.ask_questions(district, questions)
    return (*decided, *screen.ask_notes(notes)) if to_the_end else tuple(decided)
