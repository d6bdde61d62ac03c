namespace Anlauf.Planning.Location;

/// <summary>Rows by name, so that a basis can be taken from one program to another.</summary>
internal sealed partial class CoverProgram
{
    /// <summary>Name of a row.</summary>
    public RowName NameOf(int row)
    {
        if (_clientOfRow[row] is var client and >= 0) return new(_core.Members[_core.MemberStart[client]], _core.PairCost[RowEnd[row] - 1]);
        if (row == BudgetRow) return new(RowName.Budget, 0);
        return row == FewestRow ? new(RowName.Fewest, 0) : row == MostRow ? new(RowName.Most, 0) : new(RowName.Group, _groups[row - _generalFrom]);
    }

    /// <summary>Rows of these names, as far as they are here; a step of a client is the last one that is no dearer.</summary>
    public List<int> Find(IEnumerable<RowName> names)
    {
        var clients = new Dictionary<int, int>();
        for (var j = 0; j < _core.Clients; j++) clients[_core.Members[_core.MemberStart[j]]] = j;
        return [.. names.Select(name => name.Client switch
        {
            >= 0 => clients.TryGetValue(name.Client, out var client) ? RowUpTo(client, name.Cost) : -1,
            RowName.Group => Array.IndexOf(_groups, (int)name.Cost) is var g and >= 0 ? _generalFrom + g : -1,
            RowName.Fewest => FewestRow,
            RowName.Most => MostRow,
            _ => BudgetRow,
        }).Where(row => row >= 0).Distinct()];
    }

    /// <summary>Sites of these numbers of the problem, as far as they are here.</summary>
    public List<int> FindSites(IEnumerable<int> ids)
    {
        var sites = new Dictionary<int, int>();
        for (var i = 0; i < Sites; i++) sites[_core.SiteIds[i]] = i;
        return [.. ids.Where(sites.ContainsKey).Select(id => sites[id])];
    }

    private int RowUpTo(int client, long cost)
    {
        var k = _core.Start[client];
        while (k < _shown[client] && _core.PairCost[k] <= cost) k++;
        return k == _core.Start[client] ? -1 : _rowOfPair[k - 1];
    }
}
