namespace Anlauf.Planning.Location;

/// <summary>Beginnings: from nothing, from what is left of a larger program's basis, or from what another basis looked like.</summary>
internal sealed partial class CoverSimplex
{
    /// <summary>Begins where some soft rows carry their full height and all others nothing.</summary>
    public void BeginWith(bool[] fullRows)
    {
        _now.Basis.Clear();
        _now.NotePositions();
        Array.Fill(_now.RowSide, 1);
        for (var r = 0; r < _program.Rows; r++)
            if (fullRows[r] && double.IsFinite(_program.Top[r])) _now.RowSide[r] = -1;
        Restore();
    }

    /// <summary>Begins with what is left of the basis of a larger program.</summary>
    /// <param name="larger">state of the larger program</param>
    /// <param name="largerTops">the most the duals of its rows may be</param>
    /// <param name="sites">where its sites are here, −1 for those gone</param>
    /// <param name="rows">the same for its rows</param>
    /// <returns>false when nothing was taken over</returns>
    public bool TryBeginLike(SimplexState larger, double[] largerTops, int[] sites, int[] rows)
    {
        if (!_now.Basis.TryCopy(larger.Basis, sites, rows)) return false;
        for (var r = 0; r < rows.Length; r++)
            if (rows[r] >= 0 && (larger.PositionOfRow[r] >= 0 ? 2 * larger.Dual[r] > largerTops[r] : larger.RowSide[r] < 0) && double.IsFinite(_program.Top[rows[r]])) _now.RowSide[rows[r]] = -1;
        _now.NotePositions();
        Restore();
        // what left may have pushed duals out of their range; such rows leave too
        return Repair();
    }

    /// <summary>What the present basis looks like.</summary>
    /// <param name="core">core of the program</param>
    /// <param name="multipliers">multipliers of all clients of the problem at the present duals</param>
    public BasisSketch Sketch(LocationCore core, long[] multipliers)
    {
        var basis = _now.Basis;
        return new([.. basis.Site[..basis.Size].Select(i => core.SiteIds[i])], [.. basis.Row[..basis.Size].Select(_program.NameOf)], multipliers);
    }

    /// <summary>Takes as much of another basis as fits, in addition to rows that carry their full height already.</summary>
    /// <returns>false when nothing was taken over; then everything is as before</returns>
    public bool TryBegin(BasisSketch sketch)
    {
        if (_now.Basis.TryBegin(_program, _program.FindSites(sketch.Sites), _program.Find(sketch.Rows)))
        {
            _now.NotePositions();
            if (_now.Basis.Invert(_program, _now.PositionOfSite))
            {
                Restore();
                if (Repair()) return true;
            }
        }
        return false;
    }

    /// <summary>Removes rows whose duals are out of their range.</summary>
    private bool Repair()
    {
        for (var round = 0; round < MostRepairs; round++)
        {
            var gone = _now.Basis.RemoveRows(t => Outside(_now.Basis.Row[t]), r => _now.RowSide[r] = _now.Dual[r] > 0 ? -1 : 1);
            if (gone == 0) return true;
            if (gone < 0) return false;
            _now.NotePositions();
            Restore();
        }
        return false;
    }
}
