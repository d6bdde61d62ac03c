namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>What the present solution says: whole or shared, and which subset rows it breaks.</summary>
internal sealed partial class MasterProgram
{
    /// <summary>Numbers of the columns chosen, by member, when the present solution is a plan.</summary>
    public bool IsPlan(Span<int> numbers)
    {
        var (members, taken) = (0, UInt128.Zero);
        foreach (var (k, level) in Chosen())
        {
            if (level < 0.999 || (taken & _sets[k]) != 0) return false;
            numbers[_memberOf[k]] = _number[k];
            taken |= _sets[k];
            members++;
        }
        return members == _members && (int)UInt128.PopCount(taken) == _areas;
    }

    /// <summary>Columns at a positive level, with it.</summary>
    private IEnumerable<(int Column, double Level)> Chosen()
    {
        for (var i = 0; i < Rows; i++)
            if (_basis[i] >= 0 && _value[i] > 1e-4) yield return (_basis[i], _value[i]);
    }

    /// <summary>The share of each constituency (v·members + m) a member has in the present solution.</summary>
    public void Shares(double[] shares)
    {
        Array.Clear(shares);
        foreach (var (k, level) in Chosen())
            for (var open = _sets[k]; open != 0; open &= open - 1) shares[((int)UInt128.TrailingZeroCount(open) * _members) + _memberOf[k]] += level;
    }

    /// <summary>Subset rows the present solution breaks, the worst first.</summary>
    public List<SubsetRow> Violated(int most)
    {
        var n = _areas + _members;
        var chosen = Chosen().Where(c => c.Level < 0.999).ToArray();
        var together = new double[n * n];
        var lists = new int[chosen.Length][];
        for (var c = 0; c < chosen.Length; c++)
        {
            var k = chosen[c].Column;
            lists[c] = [.. RowsOf(k).ToArray().Where(r => r < n).Select(r => (int)r)];
            foreach (var a in lists[c])
                foreach (var b in lists[c])
                    if (a != b) together[(a * n) + b] += chosen[c].Level;
        }
        var found = new List<(double Excess, int A, int B, int C)>();
        for (var a = 0; a < _areas; a++)
            for (var b = a + 1; b < _areas; b++)
                for (var c = b + 1; c < n; c++)
                {
                    var sum = together[(a * n) + b] + together[(a * n) + c] + together[(b * n) + c];
                    if (sum <= 1.02) continue;
                    var subset = Subset(a, b, c);
                    var load = 0.0;
                    foreach (var (column, level) in chosen)
                        if (subset.Counts(_sets[column], _memberOf[column])) load += level;
                    if (load > 1.02) found.Add((load - 1, a, b, c));
                }
        found.Sort((x, y) => y.Excess.CompareTo(x.Excess));
        var used = new int[n];
        var rows = new List<SubsetRow>();
        foreach (var (_, a, b, c) in found)
        {
            if (rows.Count == most) break;
            if (used[a] > 4 || used[b] > 4 || used[c] > 4) continue;
            var subset = Subset(a, b, c);
            if (_subsets.Contains(subset)) continue;
            used[a]++;
            used[b]++;
            used[c]++;
            rows.Add(subset);
        }
        return rows;
    }

    private SubsetRow Subset(int a, int b, int c) => c < _areas
        ? new((UInt128.One << a) | (UInt128.One << b) | (UInt128.One << c), -1)
        : new((UInt128.One << a) | (UInt128.One << b), c - _areas);
}
