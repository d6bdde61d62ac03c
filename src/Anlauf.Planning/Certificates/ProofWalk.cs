namespace Anlauf.Planning.Certificates;

/// <summary>Reads a proof by cases from its bytes and verifies it step by step.</summary>
/// <param name="bound">the problem</param>
/// <param name="scale">steps per unit of the objective</param>
/// <param name="target">every leaf must reach this, scaled</param>
/// <param name="stream">the bytes</param>
/// <param name="takesComplete">whether complete choices below the target are noted instead of refused</param>
internal sealed class ProofWalk(CaseBound bound, long scale, Int128 target, Stream stream, bool takesComplete = false)
{
    private const int Deepest = 100_000;

    private readonly Int128 _target = target;
    private readonly CaseBound _bound = bound;

    /// <summary>Verifies a proof stored as base64 of deflated bytes.</summary>
    /// <returns>what is wrong, German, or none</returns>
    public static string? Verify(CaseBound bound, long scale, Int128 target, string proof)
    {
        try
        {
            using var whole = new WholeProof(proof);
            return new ProofWalk(bound, scale, target, whole.Bytes).Run() ?? (whole.IsAtEnd() ? null : "Nach dem Ende des Beweises stehen noch Daten.");
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or OverflowException or InsufficientExecutionStackException)
        {
            return "Der Beweis ist nicht lesbar.";
        }
    }

    /// <summary>What is wrong with the proof, German, or none.</summary>
    public string? Run() => Step(new long[_bound.Multipliers], 0, 0, 0);

    private string? Step(long[] above, long abovePrice, long abovePerSite, int depth)
    {
        if (depth > Deepest) return "Der Beweis ist zu tief verschachtelt.";
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var flags = stream.ReadByte();
        if (flags < 0 || Ends(flags) > 1 || (flags & 48) == 32) return "Der Beweis ist nicht lesbar.";
        var (multipliers, price, perSite) = (above, abovePrice, abovePerSite);
        if ((flags & 1) != 0)
        {
            price = (long)Unsigned();
            if (_bound.IsLimited) perSite = Signed();
            multipliers = new long[above.Length];
            for (var j = 0; j < above.Length; j++) multipliers[j] = checked(above[j] + Signed());
        }
        _bound.PerSite = perSite;
        var parts = (flags & 16) != 0 ? new ProofParts(_bound, _target, multipliers, price, scale) : null;
        if (parts?.Read(stream, List, Unsigned, (flags & 32) != 0) is { } partFault) return partFault;
        var due = (flags & 128) != 0 ? Clients() : [];
        var opened = List();
        var closed = List();
        var dominated = (flags & 8) != 0 ? List() : [];
        var branch = (flags & 4) != 0 ? (int)Math.Min(Unsigned(), int.MaxValue) : -1;
        var count = (flags & 64) != 0 ? (int)Math.Min(Unsigned(), int.MaxValue) : -1;
        if (_bound.IsImpossible()) return (flags & 254) != 0 ? Skip(flags) : null;
        if (due.Count > 0 && DueFault(due, multipliers, price) is { } dueFault) return dueFault;
        if (opened.Count + closed.Count > 0) _bound.NoteAlternatives(multipliers, (opened, closed));
        var (openedHere, closedHere) = parts is null ? (opened, closed) : (opened.FindAll(i => !parts.Shows(i, true)), closed.FindAll(i => !parts.Shows(i, false)));
        if (openedHere.Count + closedHere.Count > 0 && _bound.DecisionFault(multipliers, price, scale, site => _target - (parts?.GainBeside(site) ?? 0), openedHere, closedHere) is { } fault) return fault;
        foreach (var site in opened) _bound.Decide(site, true);
        foreach (var site in closed) _bound.Decide(site, false);
        if (dominated.Count > 0) _bound.NoteImplied();
        foreach (var site in dominated)
        {
            if (!_bound.IsFree(site) || !_bound.IsDominated(site)) return $"Der Beweis verzichtet ohne Grund auf den Standort {site}.";
            _bound.Decide(site, false);
        }
        var result = (flags & 70) switch
        {
            2 => Step(multipliers, price, perSite, depth + 1),
            4 => Cases(multipliers, price, perSite, branch, depth),
            64 => CountCases(multipliers, price, perSite, count, depth),
            _ => Reaches(parts, multipliers, price) ? null : "Ein Ast des Beweises erreicht die behauptete Schranke nicht.",
        };
        foreach (var site in opened) _bound.Free(site);
        foreach (var site in closed) _bound.Free(site);
        foreach (var site in dominated) _bound.Free(site);
        foreach (var client in due) _bound.SetDue(client, false);
        return result;
    }

    private string? DueFault(List<int> due, long[] multipliers, long price)
    {
        var slack = _target - _bound.Value(multipliers, price, scale);
        foreach (var client in due)
            if (_bound.WhenLeft(client, multipliers, price, scale) is not { } rise || rise < slack) return $"Der Beweis verlangt ohne Grund, dass der Ort {client} versorgt wird.";
        foreach (var client in due) _bound.SetDue(client, true);
        return null;
    }

    private bool Reaches(ProofParts? parts, long[] multipliers, long price)
    {
        if (parts is { HoldsAll: true }) return true;
        _bound.NoteAlternatives(multipliers, null);
        return _bound.Value(multipliers, price, scale) + (parts?.Gain ?? 0) >= _target || (takesComplete && _bound.TakeComplete());
    }

    // further step, cases of a site, cases of the number of open sites: one of them at most
    private static int Ends(int flags) => System.Numerics.BitOperations.PopCount((uint)flags & 70);

    private string? CountCases(long[] multipliers, long price, long perSite, int count, int depth)
    {
        if (!_bound.MayLimit || count == int.MaxValue) return "Der Beweis unterscheidet Fälle, die diese Aufgabe nicht kennt.";
        var (fewest, most) = (_bound.FewestOpen, _bound.MostOpen);
        _bound.MostOpen = Math.Min(most, count);
        var fault = Step(multipliers, price, perSite, depth + 1);
        (_bound.FewestOpen, _bound.MostOpen) = (Math.Max(fewest, count + 1), most);
        fault ??= Step(multipliers, price, perSite, depth + 1);
        _bound.FewestOpen = fewest;
        return fault;
    }

    private string? Cases(long[] multipliers, long price, long perSite, int site, int depth)
    {
        if (!_bound.IsFree(site)) return $"Der Beweis unterscheidet Fälle für einen Standort, der schon entschieden ist ({site}).";
        _bound.Decide(site, true);
        var fault = Step(multipliers, price, perSite, depth + 1);
        _bound.Free(site);
        if (fault is not null) return fault;
        _bound.Decide(site, false);
        fault = Step(multipliers, price, perSite, depth + 1);
        _bound.Free(site);
        return fault;
    }

    // a case without any plan needs no proof; a writer never continues there
    private static string Skip(int flags) => $"Der Beweis geht weiter, wo es keinen Plan mehr gibt ({flags}).";

    private List<int> List()
    {
        var count = Unsigned();
        if (count > (ulong)_bound.Sites) throw new InvalidDataException();
        var sites = new List<int>((int)count);
        for (ulong k = 0; k < count; k++)
        {
            var site = Unsigned();
            if (site >= (ulong)_bound.Sites || !_bound.IsFree((int)site) || sites.Contains((int)site)) throw new InvalidDataException();
            sites.Add((int)site);
        }
        return sites;
    }

    private List<int> Clients()
    {
        var count = Unsigned();
        if (count > (ulong)_bound.Multipliers) throw new InvalidDataException();
        var clients = new List<int>((int)count);
        var seen = new HashSet<ulong>();
        for (ulong k = 0; k < count; k++)
        {
            var client = Unsigned();
            if (client >= (ulong)_bound.Multipliers || !seen.Add(client)) throw new InvalidDataException();
            clients.Add((int)client);
        }
        return clients;
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0) throw new InvalidDataException();
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
        throw new InvalidDataException();
    }

    private long Signed()
    {
        var folded = Unsigned();
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }
}
