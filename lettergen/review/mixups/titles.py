"""Words by which people are addressed and offices are called: they tell nobody apart."""

from __future__ import annotations

_TITLES_WORDS = """
    mr mrs ms miss mx messrs dr prof professor doctor sir dame lord lady rev revd reverend rt right hon honourable
    baron baroness viscount viscountess earl count countess duke duchess marquess marchioness cllr councillor ald
    alderman fr father sister brother bishop archbishop canon dean ven venerable rabbi imam sheikh judge justice
    captain capt major maj colonel col general gen lieutenant lt admiral commander cdr sergeant sgt obe cbe mbe dbe
    kbe kcb qpm qc kc mp msp phd frs jp dl esq herr frau ing mag m mme mlle madame monsieur mademoiselle sr sra srta
    senor senora don dona dott dottssa sig signor signora dhr mevr mevrouw meneer heer senhor senhora herra rouva
    fru pan pani
"""
TITLES = frozenset(_TITLES_WORDS.split())
# Those behind which a first name stands: `Sir Tony`, `Father Mike`.
_BY_FIRST_NAME_WORDS = """
    sir dame lord lady fr father sister brother rev revd reverend bishop archbishop
"""
BY_FIRST_NAME = frozenset(_BY_FIRST_NAME_WORDS.split())
_PARTICLES_WORDS = """
    of the and or for to in at on with your my our his her a an de la le les du des di da do dos das del della der den
    van von zu zum zur ten ter und oder et ou y e i el al bin ibn ap ab o en og och
"""
PARTICLES = frozenset(_PARTICLES_WORDS.split())
_OFFICES_WORDS = """
    minister secretary state prime first chancellor speaker president principal chair chairman chairwoman
    chairperson commissioner commissioners mayor mayoress deputy vice assistant acting interim chief constable
    officer executive inspector superintendent director manager editor registrar clerk treasurer governor governors
    trustee trustees head headteacher headmaster headmistress teacher teachers leader ambassador excellency grace
    worship majesty highness royal eminence holiness honour lordship ladyship warden provost rector vicar curate
    chaplain pastor librarian archivist curator bursar administrator coordinator secretaries executor executors
    landlord examiner counsel coroner recorder magistrate sheriff master police fire crime council policing
"""
OFFICES = frozenset(_OFFICES_WORDS.split())
_CROWDS_WORDS = """
    dear sehr geehrte geehrter geehrtes liebe lieber estimado estimada estimados gentile egregio egregia spettabile
    cher chere chers geachte beste annwyl drogi szanowny szanowna szanowni kaere kjaere basta hyva
    madam sirs mesdames gentlemen ladies all everyone everybody colleague colleagues friend friends team resident
    residents occupier occupiers occupant householder householders homeowner owner tenant tenants leaseholder
    neighbour neighbours neighbor neighbors customer customers client clients member members supporter supporters
    donor donors subscriber subscribers reader readers partner partners parent parents carer carers guardian
    guardians family families student students pupil pupils applicant applicants candidate candidates patient
    patients volunteer volunteers voter voters shareholder shareholders taxpayer recipient addressee whom it may
    concern staff personnel employee employees guest guests user users damen herren kolleginnen kollegen messieurs
    dames heren gomisiynydd syr fadam cyfaill gyfaill
"""
CROWDS = frozenset(_CROWDS_WORDS.split())
# Whoever these words name could be anybody.
GENERIC = TITLES | OFFICES | CROWDS | PARTICLES
# Names of groups: whoever is addressed there need not be in the name.
_GROUPS_WORDS = """
    family families household partners brothers sons
"""
GROUPS = frozenset(_GROUPS_WORDS.split())
# How a line ends that is a street's: without a number, it tells no house from another.
_STREETS_WORDS = """
    street road lane avenue drive close place square crescent walk way row mews terrace gardens grove parade quay
    broadway
"""
STREETS = frozenset(_STREETS_WORDS.split())
# Short forms that are not simply the beginning of a first name.
_SHORT = """
    tony:anthony antony; bill:william; billy:william; will:william; bob:robert; bobby:robert;
    bert:albert robert herbert; dick:richard; rick:richard eric derek; jim:james; jimmy:james;
    jack:john jackson; johnny:john; harry:henry harold; hank:henry; ted:edward theodore edmund; teddy:edward;
    ned:edward edmund; chuck:charles; mike:michael; mick:michael; mickey:michael; steve:stephen steven;
    steph:stephanie; peggy:margaret; maggie:margaret; meg:margaret megan; peg:margaret; rita:margaret;
    daisy:margaret; greta:margaret; liz:elizabeth; lizzie:elizabeth; libby:elizabeth; betty:elizabeth;
    bess:elizabeth; betsy:elizabeth; eliza:elizabeth; lisa:elizabeth; kate:katherine catherine kathryn;
    katie:katherine catherine kathryn; kathy:katherine catherine kathleen; cathy:catherine katherine;
    kitty:katherine catherine; kay:katherine; sally:sarah; sadie:sarah; sue:susan suzanne susanna; polly:mary pauline;
    molly:mary; mamie:mary; nancy:anne ann; nan:anne ann; annie:anne ann; nell:helen eleanor ellen;
    nellie:helen eleanor ellen; lena:helena; becky:rebecca; becca:rebecca; fanny:frances;
    frankie:frances francis; frank:francis franklin; larry:lawrence laurence; laurie:lawrence laurence;
    gerry:gerald gerard geraldine; jerry:gerald gerard jeremy jeremiah; geoff:geoffrey; jeff:geoffrey jeffrey;
    nick:nicholas nicola; nicky:nicola nicholas; nikki:nicola; vicky:victoria; vicki:victoria; tricia:patricia;
    trish:patricia; paddy:patrick; patsy:patricia; trudy:gertrude; wendy:gwendolen; jo:joanne joanna josephine;
    josie:josephine; joe:joseph; jenny:jennifer; abby:abigail; gail:abigail; mandy:amanda;
    sandy:alexander alexandra sandra; sasha:alexander alexandra; lex:alexander; alec:alexander; alick:alexander;
    drew:andrew; hal:henry harold; hugh:hubert; jamie:james; jay:james jason; kit:christopher;
    topher:christopher; chrissie:christine christina; tina:christina martina; xander:alexander; zoe:zoey;
    dot:dorothy; dolly:dorothy; effie:euphemia; ella:eleanor; ellie:eleanor ellen; nora:eleanor honora;
    gus:augustus angus; gwen:gwendolen; fred:alfred frederick; alf:alfred; bernie:bernard bernadette;
    dai:david dafydd; dave:david; ron:ronald; ian:iain; sean:shaun; shelley:michelle; shelly:michelle;
    mitch:mitchell; toni:antonia; tess:theresa teresa; terry:terence theresa teresa; tibby:isabel;
    bella:isabella arabella; belle:isabella; izzy:isabel isabella isobel
"""
SHORT_FORMS = {
    short.strip(): frozenset(names.split()) for short, _, names in (pair.partition(":") for pair in _SHORT.split(";"))
}
