namespace Anlauf.Planning.Location;

/// <summary>Beginnings: from nothing, from what is left of a larger program's basis, or from what another basis looked like.</summary>
internal sealed partial class CoverSimplex
{
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
