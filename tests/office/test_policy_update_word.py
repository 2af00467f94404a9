"""Files of the classroom policy that an office program has had in its hands."""

import word
from komainu.docx_reading import read_docx
from komainu.policy.tracked import tracked_docx
from policy_world import later, made
from unit.test_policy_update import TODAY, after_work


def test_saved_file_is_read_the_same(converted):
    """A file that LibreOffice opened and saved has the same lines and remembers the same."""
    files = {"rules": made("rules"), "pupil": made("pupil", stage="jhs"), "parents": made("parents", "ja-plain"), "staff": made("staff", "en")}
    saved = converted({f"{name}.docx": raw for name, raw in files.items()}, "docx")
    for name, raw in files.items():
        before, after = read_docx(raw), read_docx(saved[f"{name}.docx"].read_bytes())
        assert [line.text for line in after.lines] == [line.text for line in before.lines], name
        assert (after.edition, after.document, after.answers) == (before.edition, before.document, before.answers), name


def test_changes_are_settled(tmp_path, office):
    """LibreOffice accepts and rejects the tracked changes as we say it does."""
    raw, found, after = after_work()
    tracked = tracked_docx(later()["ja"], found.files[0], after, TODAY)
    for command, settled in (("AcceptAllTrackedChanges", word.accepted), ("RejectAllTrackedChanges", word.rejected)):
        done = word.settled_by_office(tracked, command, tmp_path, office)
        assert word.texts(done) == word.texts(settled(tracked)), command
    assert word.texts(done) == word.texts(raw)
