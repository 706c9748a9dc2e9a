r"""The LaTeX commands that Anki, the site and the sheet all support.

The lists were made by testing every name in about twenty argument forms with Anki's
MathJax (3.2.2 with its settings) and with math-core. Other commands are red in Anki or
unknown to math-core, so `check` reports them.
"""

_TAKING = """
    Bbb Bra Braket Ket Set acute bar bcancel binom boldsymbol boxed bra braket breve
    cancel cfrac check color cramped dbinom ddddot dddot ddot dfrac dot fbox frac
    grave hat hphantom ket mathbb mathbf mathbin mathcal mathclose mathfrak
    mathinner mathit mathop mathopen mathord mathpunct mathrel mathring mathrm
    mathscr mathsf mathtt mbox mod operatorname overbrace overbracket overleftarrow
    overleftrightarrow overline overparen overrightarrow overset phantom pmod pod
    set sqrt stackrel substack symbf tbinom text textbf textcolor textit textrm
    textsf texttt tfrac tilde underbrace underbracket underleftarrow
    underleftrightarrow underline underparen underrightarrow underset vec vphantom
    widehat widetilde xLeftarrow xLeftrightarrow xRightarrow xcancel xhookleftarrow
    xhookrightarrow xleftarrow xleftharpoondown xleftharpoonup xleftrightarrow
    xleftrightharpoons xlongequal xmapsto xrightarrow xrightharpoondown
    xrightharpoonup xrightleftharpoons xtofrom xtwoheadleftarrow xtwoheadrightarrow
"""

_BRACED = """
    Braket Set arccos arcsin arctan arg bigtimes braket cos cosh cot coth csc deg
    dim dots exp hom ker lg ln log mathop not sec set sin sinh tan tanh
"""

_PLAIN = """
    And Bbbk Big Bigg Biggl Biggm Biggr Bigl Bigm Bigr Box Bumpeq Cap Colonapprox
    Coloneq Coloneqq Colonsim Cup Delta Diamond Doteq Downarrow Eqcolon Eqqcolon
    Finv Game Gamma Im Join Lambda Leftarrow Leftrightarrow Lleftarrow Longleftarrow
    Longleftrightarrow Longrightarrow Lsh Omega Phi Pi Pr Psi Re Rightarrow
    Rrightarrow Rsh S Sigma Subset Supset Theta Uparrow Updownarrow Upsilon Vdash
    Vert Vvdash Xi aleph alpha amalg angle approx approxeq ast asymp atop
    backepsilon backprime backsim backsimeq backslash barwedge because begin beta
    beth between bf big bigcap bigcirc bigcup bigg biggl biggm biggr bigl bigm
    bigodot bigoplus bigotimes bigr bigsqcup bigstar bigtriangledown bigtriangleup
    biguplus bigvee bigwedge blacklozenge blacksquare blacktriangle
    blacktriangledown blacktriangleleft blacktriangleright bmod bot bowtie boxdot
    boxminus boxplus boxtimes brace brack bullet bumpeq cal cap cdot cdotp cdots
    checkmark chi choose circ circeq circlearrowleft circlearrowright circledR
    circledS circledast circledcirc circleddash clubsuit colon colonapprox coloneq
    coloneqq colonsim complement cong coprod cup curlyeqprec curlyeqsucc curlyvee
    curlywedge curvearrowleft curvearrowright dagger daleth dashleftarrow
    dashrightarrow dashv dblcolon ddagger ddots degree delta det diagdown diagup
    diamond diamondsuit digamma displaystyle div divideontimes doteq doteqdot
    dotplus dotsb dotsc dotsi dotsm dotso doublebarwedge doublecap doublecup
    downarrow downdownarrows downharpoonleft downharpoonright ell emptyset end
    enspace epsilon eqcirc eqcolon eqqcolon eqsim eqslantgtr eqslantless equiv eta
    eth exists fallingdotseq flat forall frak frown gamma gcd ge genfrac geq geqq
    geqslant gets gg ggg gggtr gimel gnapprox gneq gneqq gnsim gt gtrapprox gtrdot
    gtreqless gtreqqless gtrless gtrsim gvertneqq hbar hdashline heartsuit hline
    hookleftarrow hookrightarrow hslash hspace idotsint iff iiiint iiint iint imath
    impliedby implies in inf infty injlim int intercal iota it jmath kappa kern
    lVert lambda land langle lbrace lbrack lceil ldotp ldots le leadsto left
    leftarrow leftarrowtail leftharpoondown leftharpoonup leftleftarrows
    leftrightarrow leftrightarrows leftrightharpoons leftrightsquigarrow
    leftthreetimes leq leqq leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr
    lesssim lfloor lgroup lhd lim liminf limits limsup ll llcorner lll llless
    lmoustache lnapprox lneq lneqq lnot lnsim longleftarrow longleftrightarrow
    longmapsto longrightarrow looparrowleft looparrowright lor lozenge lparen
    lrcorner lt ltimes lvert lvertneqq maltese mapsto mathstrut max measuredangle
    mho mid middle min mkern models mp mu multimap nLeftarrow nLeftrightarrow
    nRightarrow nVDash nVdash nabla natural ncong ne nearrow neg negmedspace
    negthickspace negthinspace neq nexists ngeq ngeqq ngeqslant ngtr ni nleftarrow
    nleftrightarrow nleq nleqq nleqslant nless nmid nobreakspace nolimits nonumber
    notag notin nparallel nprec npreceq nrightarrow nsim nsubseteq nsubseteqq nsucc
    nsucceq nsupseteq nsupseteqq ntriangleleft ntrianglelefteq ntriangleright
    ntrianglerighteq nu nvDash nvdash nwarrow odot oint omega omicron ominus oplus
    oslash otimes over owns parallel partial perp phi pi pitchfork pm prec
    precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim prime prod
    projlim propto psi qquad quad rVert rangle rbrace rbrack rceil restriction
    rfloor rgroup rhd rho right rightarrow rightarrowtail rightharpoondown
    rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
    rightsquigarrow rightthreetimes risingdotseq rm rmoustache rparen rtimes rvert
    scriptscriptstyle scriptstyle searrow setminus sf sharp sigma sim simeq
    smallsetminus smile space spadesuit sphericalangle sqcap sqcup sqsubset
    sqsubseteq sqsupset sqsupseteq square star subset subseteq subseteqq subsetneq
    subsetneqq succ succapprox succcurlyeq succeq succnapprox succneqq succnsim
    succsim sum sup supset supseteq supseteqq supsetneq supsetneqq surd swarrow tau
    textstyle therefore theta thinspace times to top triangle triangledown
    triangleleft trianglelefteq triangleq triangleright trianglerighteq tt
    twoheadleftarrow twoheadrightarrow ulcorner unlhd unrhd uparrow updownarrow
    upharpoonleft upharpoonright uplus upsilon upuparrows urcorner vDash varDelta
    varGamma varLambda varOmega varPhi varPi varPsi varSigma varTheta varUpsilon
    varXi varepsilon varkappa varnothing varphi varpi varrho varsigma varsubsetneq
    varsubsetneqq varsupsetneq varsupsetneqq vartheta vartriangle vartriangleleft
    vartriangleright vdash vdots vee veebar vert wedge wp wr xi yen zeta
"""

WITH_ARGUMENT = frozenset(_TAKING.split())
r"""Commands with an argument, which MathJax needs in braces: `\hat{\mathbf{x}}`."""

WITH_TWO_ARGUMENTS = frozenset(
    (
        *("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom"),
        *("overset", "underset", "stackrel", "textcolor"),
    )
)

NEEDS_BRACES = frozenset(_BRACED.split())
r"""Commands that MathJax only accepts in braces as a script: `x^{\log}`."""

PORTABLE = WITH_ARGUMENT | NEEDS_BRACES | frozenset(_PLAIN.split())

ENVIRONMENTS = frozenset(
    (
        *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "array"),
        *("cases", "dcases", "rcases", "drcases", "aligned", "gathered", "subarray"),
    )
)

COLOURS = {
    "0000FF": "blue",
    "BF803F": "brown",
    "808080": "gray",
    "03FF00": "green",
    "FF8001": "orange",
    "BF0140": "purple",
    "FF0000": "red",
    "008080": "teal",
}
"""The colours that are legible in light and dark mode and in print, by hex value."""
