"""The tasks of outputs, which any process does by number.

A process that was not forked is sent the catalog once, and makes the same tasks of it.
It is sent an outline of each question, and the rest as bytes, which it reads when a
task uses them.
"""

import copyreg
import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from triptych.build.kept_tasks import DoneTask, do_task
from triptych.build.pickles import Pickled
from triptych.render.output import Output, Task
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog
from triptych.values.kept import keep_in_memory, keep_nothing
from triptych.values.kept_question import (
    KeptQuestion,
    kept_question,
    outline_of,
    reopened,
)
from triptych.values.question import Question


@dataclass(frozen=True, slots=True)
class NumberedTasks:
    """The tasks of some outputs, one output after another."""

    tasks: Sequence[Task]
    outputs: tuple[Output, ...]
    catalog: Catalog
    settings: RenderSettings
    archived: bool
    """Whether their files are compressed, too."""

    def do(self, number: int) -> DoneTask:
        """Do one of the tasks."""
        return do_task(self.tasks[number], archived=self.archived)

    def __reduce__(
        self,
    ) -> tuple[Callable[..., "NumberedTasks"], tuple[bytes, bool]]:
        """Send what the tasks are made of: they are functions, which cannot be sent."""
        # Its digests are only to find what is kept, which this process has done.
        catalog = replace(self.catalog, digests={})
        settings = replace(
            self.settings, cached_plan=None, cached_digest=None, once=keep_nothing
        )
        buffer = io.BytesIO()
        pickler = pickle.Pickler(buffer, 5)
        pickler.dispatch_table = copyreg.dispatch_table | {
            KeptQuestion: reopened,
            Question: _reopened,
        }
        pickler.dump((self.outputs, catalog, settings))
        return _received, (buffer.getvalue(), self.archived)


def _received(data: bytes, archived: bool) -> NumberedTasks:  # noqa: FBT001 - pickled
    """Return the tasks that another process has, made again."""
    outputs, catalog, settings = pickle.loads(data)  # noqa: S301 - from our parent
    settings = replace(settings, once=keep_in_memory())
    tasks = [task for output in outputs for task in output.start(catalog, settings)]
    return NumberedTasks(tasks, outputs, catalog, settings, archived)


def _reopened(
    question: Question,
) -> tuple[Callable[..., KeptQuestion], tuple[object, Callable[[], object]]]:
    """Do for a question that is not kept what `reopened` does."""
    whole = Pickled(pickle.dumps(question, 5))
    return kept_question, (outline_of(question), whole.load)
