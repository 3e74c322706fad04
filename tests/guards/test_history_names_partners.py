"""Whatever history says of a partner names the partner, so that a name and a number can be blanked everywhere."""

import ast

from tests.guards.test_house import ROOT, tracked

# Things whose history is about one partner, and features that write down who somebody is.
ABOUT = {"partner", "invitation", "personal_feed", "HISTORY"}
FEATURES = {"partners", "invitations", "feeds"}


def test_history_of_partners_and_invitations_names_the_partner() -> None:
    lacking = []
    for path in tracked("forumplanner/*.py"):
        feature = path.relative_to(ROOT / "forumplanner").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "record_change":
                continue
            thing = node.args[2]
            said = thing.value if isinstance(thing, ast.Constant) else getattr(thing, "id", getattr(thing, "attr", ""))
            named = {keyword.arg for keyword in node.keywords}
            if (said in ABOUT or feature in FEATURES) and "partner_id" not in named:
                lacking.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert lacking == []
