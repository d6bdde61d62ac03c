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

    /// <summary>True when the decisions leave no plan.</summary>
    public abstract bool IsImpossible();

    /// <summary>The bound, scaled.</summary>
    public abstract Int128 Value(long[] multipliers, long price, long scale);

    /// <summary>Says which decision does not follow from a rule or from the multipliers, or none.</summary>
    public abstract string? DecisionFault(long[] multipliers, long price, long scale, Int128 target, List<int> opened, List<int> closed);

    /// <summary>True when a free site may be closed because others that are free do as well.</summary>
    public virtual bool IsDominated(int site) => false;
}
