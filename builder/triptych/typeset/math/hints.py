"""Hints on what to write instead of LaTeX that some output cannot show."""

import re
from types import MappingProxyType

_REMEDIES = r"""
argmax \operatorname*{arg\,max}   argmin \operatorname*{arg\,min}
plim \operatorname*{plim}         operatornamewithlimits \operatorname*
norm \lVert … \rVert              abs \lvert … \rvert
dv \frac{d …}{d …}                pdv \frac{\partial …}{\partial …}
R \mathbb{R}      N \mathbb{N}    Z \mathbb{Z}    Q \mathbb{Q}    C \mathbb{C}
E \mathbb{E}      P \mathbb{P}    dd \mathrm{d}   bold \mathbf    emph \textit
Reals \mathbb{R}  reals \mathbb{R}  Complex \mathbb{C}  cnums \mathbb{C}
natnums \mathbb{N}  underbar \underline  mathnormal \mathit  textnormal \text
textup \text      textsc \text    hbox \text      thetasym \vartheta
Alpha \mathrm{A}  Beta \mathrm{B}  Epsilon \mathrm{E}  Zeta \mathrm{Z}
Eta \mathrm{H}    Iota \mathrm{I}  Kappa \mathrm{K}  Mu \mathrm{M}  Nu \mathrm{N}
Omicron \mathrm{O}  Rho \mathrm{P}  Tau \mathrm{T}  Chi \mathrm{X}
real \Re          image \Im       weierp \wp      empty \emptyset  infin \infty
isin \in          exist \exists   plusmn \pm      bull \bullet     sub \subset
sube \subseteq    supe \supseteq  notni \not\ni   nsubset \not\subset
nsupset \not\supset  nequiv \not\equiv  dag \dagger  ddag \ddagger
lang \langle      rang \rangle    llbracket [\![  rrbracket ]\!]
llangle \langle\!\langle          rrangle \rangle\!\rangle
larr \leftarrow   rarr \rightarrow  harr \leftrightarrow  lrarr \leftrightarrow
lArr \Leftarrow   rArr \Rightarrow  hArr \Leftrightarrow
uarr \uparrow     darr \downarrow   iddots \cdots   displaylimits \limits
colonequals \coloneqq  equalscolon \eqqcolon  coloncolon \dblcolon
vcentcolon {:}    ratio {:}       eqdef \overset{\text{def}}{=}
questeq \overset{?}{=}  centerdot \cdot  thickapprox \approx  thicksim \sim
varlimsup \limsup  varliminf \liminf  shortmid \mid  shortparallel \parallel
varpropto \propto  medspace \:    thickspace \;   cancelto \cancel
prescript {}_a^b X  sideset {}_a^b X  ce \mathrm{H_2O}
"""
_ADVICE = MappingProxyType(
    {
        "formulas carry no numbers here: leave it out": "tag label ref eqref",
        "a link belongs into the text around the formula": "href url",
        "formulas read no files": "input include includegraphics",
        "write the formula out: no macro reaches all outputs": "def let gdef global "
        "newcommand renewcommand newenvironment DeclareMathOperator require",
        "leave it out": "relax ensuremath rule raisebox smash strut llap rlap clap "
        "mathllap mathrlap mathclap tiny scriptsize small normalsize large Large LARGE "
        "huge Huge hfill hskip mskip",
        "write the character itself": "unicode char symbol",
        "wrap the lines in `aligned` or `gathered`": "newline cr",
        "use a code span around the formula": "verb",
    }
)

COMMAND_HINTS = MappingProxyType(
    {
        name: f"write `{remedy}`"
        for name, remedy in (
            entry.split(" ", 1) for entry in re.split(r"\s*\n|  +", _REMEDIES.strip())
        )
    }
    | {name: advice for advice, names in _ADVICE.items() for name in names.split()}
)

ENVIRONMENT_HINTS = MappingProxyType(
    {
        "smallmatrix": "write `matrix`",
        "tabular": "write `array`",
        "darray": "write `array`",
        "numcases": "write `cases`",
    }
    | dict.fromkeys(("multline", "multline*", "multlined"), "write `aligned`")
    | dict.fromkeys(("alignat", "alignat*", "alignedat"), "write `aligned`")
    | dict.fromkeys(("eqnarray", "eqnarray*", "flalign"), "write `aligned`")
    | dict.fromkeys(("matrix*", "pmatrix*", "bmatrix*"), "write it without the star")
)

ERROR_HINTS = MappingProxyType(
    {
        "expected closing token `}`": "each `{` needs its `}`",
        "unmatched closing token: `}`": "delete it, or write `\\}` for the sign",
        "expected closing token `\\right`": "`\\left` needs `\\right`, or `\\right.`",
        "unmatched closing token: `\\right`": "`\\right` needs `\\left`, or `\\left.`",
        "expected closing token `\\end": "each `\\begin{…}` needs its `\\end{…}`",
        "duplicate subscript or superscript": "group by braces: `{x_1}_2`, `{x'}^2`",
        "found `&`": "write `\\&` for the sign, `aligned` or `matrix` for columns",
        "expected argument": "write the missing `{…}`",
        "there must be a parenthesis": "one of `( [ \\{ | \\langle \\lfloor .`",
        "not valid in text mode": "in a text write `\\_`, `\\&`, `\\^{}`",
        "switch-like commands": "put braces around `\\substack` and its like",
        "could not extract text": "write letters only between these braces",
    }
)
"""By how math-core's message begins."""
