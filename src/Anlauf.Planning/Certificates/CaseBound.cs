namespace Anlauf.Planning.Certificates;

/// <summary>What a tree of cases needs to know about its problem: which sites are decided and what bound multipliers give.</summary>
internal abstract class CaseBound
{
    /// <summary>1 open, −1 closed, 0 free, per site.</summary>
    protected abstract sbyte[] State { get; }

    /// <summary>Number of multipliers.</summary>
    public abstract int Multipliers { get; }

    /// <summary>Number of sites.</summary>
    public int Sites => State.Length;

    public bool IsFree(int site) => site >= 0 && site < State.Length && State[site] == 0;

    public void Decide(int site, bool open) => State[site] = (sbyte)(open ? 1 : -1);

    public void Free(int site) => State[site] = 0;

    /// <summary>At least and at most so many sites are open in the case looked at.</summary>
    public int FewestOpen { get; set; }

    /// <inheritdoc cref="FewestOpen"/>
    public int MostOpen { get; set; } = int.MaxValue;

    /// <summary>True within cases of the number of open sites; then the step has a price of an open site.</summary>
    public bool IsLimited => FewestOpen > 0 || MostOpen < int.MaxValue;

    /// <summary>Scaled price of an open site: of one too many where positive, reward for one that is missing where negative.</summary>
    public long PerSite { get; set; }

    /// <summary>Whether the number of open sites may be limited.</summary>
    public virtual bool MayLimit => false;

    /// <summary>True when the decisions leave no plan.</summary>
    public abstract bool IsImpossible();

    /// <summary>The bound, scaled.</summary>
    public abstract Int128 Value(long[] multipliers, long price, long scale);

    /// <summary>Says which decision does not follow from a rule or from the multipliers, or none.</summary>
    /// <param name="multipliers">one a client</param>
    /// <param name="price">price of a unit of the budget</param>
    /// <param name="scale">steps per unit of the objective</param>
    /// <param name="target">what the other state of a site must lift the bound to</param>
    /// <param name="opened">sites opened</param>
    /// <param name="closed">sites closed</param>
    public abstract string? DecisionFault(long[] multipliers, long price, long scale, Func<int, Int128> target, List<int> opened, List<int> closed);

    /// <summary>What the bound at the multipliers evaluated last rises by when a client and all who have no other free sites stay without; none where the problem knows no such thing.</summary>
    /// <param name="client">a client that no open site serves and that need not be served so far</param>
    public virtual Int128? WhenLeft(int client, long[] multipliers, long price, long scale) => null;

    /// <summary>Notes that only plans matter that serve a client; its multiplier may then be any. Or takes that back.</summary>
    public virtual void SetDue(int client, bool isDue)
    {
    }

    /// <summary>Notes which clients are served wherever those are that must be, for the sites that follow.</summary>
    public virtual void NoteImplied()
    {
    }

    /// <summary>True when a free site may be closed because others that are free do as well.</summary>
    public virtual bool IsDominated(int site) => false;

    /// <summary>Parts of the free sites, or none where the problem knows no parts or these are not valid.</summary>
    public virtual CoverParts? Parts(List<List<int>> lists, long[] multipliers, long price, long scale) => null;

    /// <summary>Notes an end of the proof, or decisions made on the way, for what follows for single sites.</summary>
    /// <param name="multipliers">multipliers there</param>
    /// <param name="decided">sites about to be decided, or none at an end</param>
    public virtual void NoteAlternatives(long[] multipliers, (List<int> Opened, List<int> Closed)? decided)
    {
    }

    /// <summary>Notes the decisions as a complete choice of a part where nothing free could add to it.</summary>
    public virtual bool TakeComplete() => false;
}
