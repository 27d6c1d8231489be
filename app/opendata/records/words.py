"""What stands in the files of counts, in rule cards and in the figures of reports, key by key."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

RESULTS = (
    Field(name="bundle.zip", type="zip", text=_l("Everything below that is published, with a list of hashes.")),
    Field(name="closed-ballot-set.bin", type="binary", text=_l("Every ranking, without names and in no order.")),
    Field(name="ballots.csv", type="csv", text=_l("The rankings in groups: how many, and which.")),
    Field(name="ballots.csv: count", type="integer", text=_l("How many voters ranked like this.")),
    Field(name="ballots.csv: ranking", type="string", text=_l("Codes of the projects, the first choice first.")),
    Field(
        name="ballots.pb",
        type="Pabulib",
        text=_l("The same for other counting programs; its rule is unknown there, so a comment names it."),
    ),
    Field(name="paths.json", type="json", text=_l("With which projects ballots stood in runoffs, in groups of ten.")),
    Field(name="paths.json: runoffs", type="array", text=_l("Each runoff, with its groups and how many are in each.")),
    Field(name="paths.json: smallest", type="integer", text=_l("The smallest group that is told of.")),
    Field(name="lot.json", type="json", text=_l("The lot: what was promised before, and what was drawn.")),
    Field(name="lot.json: commitment", type="string", text=_l("Hash of the seed, on the rule card before the vote.")),
    Field(name="lot.json: seed", type="string", text=_l("The seed, opened after the close.")),
    Field(name="lot.json: closed_set_sha256", type="string", text=_l("Hash of the ballots that it was drawn with.")),
    Field(name="lot.json: order", type="array", text=_l("The projects in the order of the lot, each with its value.")),
    Field(name="lot.json: given", type="boolean", text=_l("True where the order was given and not drawn.")),
    Field(name="outcome.json", type="json", text=_l("The count log: every event, or the totals of every step.")),
    Field(name="outcome.json: rule", type="string", text=_l("The rule by which it was counted.")),
    Field(
        name="outcome.json: ballots, counting_ballots",
        type="integer",
        text=_l("All ballots, and those that rank a project that could be funded."),
    ),
    Field(name="outcome.json: pot_cents, left_cents", type="integer", text=_l("The pot, and what is left of it.")),
    Field(
        name="outcome.json: funded",
        type="array",
        text=_l("The funded projects in their order, with the event, and who paid: ballots by rank and cents."),
    ),
    Field(
        name="outcome.json: reasons",
        type="array",
        text=_l("For each project why it is funded or not, with the numbers and the event that decided it."),
    ),
    Field(
        name="outcome.json: events",
        type="array",
        text=_l(
            "Every step of the count: its kind, phase and round, the project, the pot before and after; where rankings"
            " are not public, without numbers that would tell of small groups."
        ),
    ),
    Field(name="log.json", type="json", text=_l("What the public log signed at the close.")),
    Field(
        name="log.json: head", type="object", text=_l("The root of the log’s tree at the close, its size, signature.")
    ),
    Field(name="log.json: closed", type="object", text=_l("The note of the close and the way from it to the root.")),
    Field(
        name="log.json: envelopes, on_paper, unreadable",
        type="integer",
        text=_l("How many envelopes were opened, came on paper, and could not be read."),
    ),
    Field(name="log.json: count_root", type="string", text=_l("Root over the ballots as they were counted.")),
    Field(name="log.json: log_public_key, vote", type="string", text=_l("The log’s key, and the id of the vote.")),
    Field(name="recount.py", type="program", text=_l("A program that counts again.")),
)

RULE_CARDS = (
    Field(
        name="rule-card.json",
        type="json",
        text=_l("Everything that decided the outcome, fixed and hashed before voting opened."),
    ),
    Field(name="cycle, vote", type="object, string", text=_l("Which cycle and which vote it is of.")),
    Field(name="dates, grace_seconds", type="object, integer", text=_l("When voting opened and closed.")),
    Field(
        name="options",
        type="array",
        text=_l("The projects as they stood on the ballot: number, code, cost, and their words in each language."),
    ),
    Field(
        name="option_seed",
        type="string",
        text=_l("The seed from which the order of the projects on the ballot was drawn."),
    ),
    Field(
        name="pot_cents, contingency_cents, spendable_cents, currency",
        type="integer, string",
        text=_l("The money: all of it, what is held back, and what the vote could give."),
    ),
    Field(name="rule, max_ranks, leftover_rule", type="string, integer", text=_l("How it is counted.")),
    Field(
        name="publication_level", type="string", text=_l("How much of the ballots is public: full, consulted, totals.")
    ),
    Field(name="lot_commitment", type="string", text=_l("Hash of the seed of the lot.")),
    Field(name="log_public_key", type="string", text=_l("The key with which the public log signs.")),
    Field(
        name="board, trustees, threshold, council",
        type="array, integer",
        text=_l("Who runs the vote, who holds shares of its key, and how many of them open it."),
    ),
    Field(name="min_age", type="integer", text=_l("How old voters are at least; nothing where any age may vote.")),
    Field(name="objection_days", type="integer", text=_l("For how long objections to the result are heard.")),
    Field(
        name="prices, settled",
        type="array",
        text=_l("When prices were published, and which texts a clerk settled, and why."),
    ),
    Field(name="wordings", type="object", text=_l("The same in sentences, in each language.")),
)

REPORTS = (
    Field(name="kind, code", type="string", text=_l("Which report it is, and the code of the edition.")),
    Field(
        name="number, note", type="integer, string", text=_l("Which edition, and what changed since the one before.")
    ),
    Field(
        name="subject, neighborhood, currency, time_zone",
        type="string",
        text=_l("What it is about, and where: sums and days are those of that place."),
    ),
    Field(name="first_on, last_on", type="date", text=_l("The days it tells of, where it tells of some.")),
    Field(name="fixed_at", type="date-time", text=_l("When its figures were frozen.")),
    Field(name="languages, renderer, site", type="array, string", text=_l("In what, by what and where it is printed.")),
    Field(
        name="figures", type="object", text=_l("Every figure and text that the report prints, money in whole cents.")
    ),
    Field(name="figures_hash", type="string", text=_l("SHA-256 of the figures alone: what both sides sign.")),
    Field(name="signatures", type="array", text=_l("Who signed it, and who did not, where both sides sign.")),
)
