using Anlauf.Rooms.Organisation;

namespace Anlauf.Tests.Organisation;

/// <summary>The tree of a large association opens level by level and says of each division the same as the whole tree.</summary>
public sealed class OpenedTreeTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private Task<IReadOnlyList<DivisionRegister.Row>> OpenedAsync(string? slug) => house.UseAsync<DivisionRegister, IReadOnlyList<DivisionRegister.Row>>(house.StateManager, r => r.OpenedAsync(slug));

    [Fact]
    public async Task A_division_that_is_opened_shows_those_below_it_and_no_others()
    {
        var whole = await house.UseAsync<DivisionRegister, IReadOnlyList<DivisionRegister.Row>>(house.StateManager, r => r.TreeAsync());
        var (divisions, vacant) = await house.UseAsync<DivisionRegister, (int, int)>(house.StateManager, r => r.SizeAsync());
        (divisions, vacant).ShouldBe((whole.Count, whole.Sum(d => d.Vacant)));
        foreach (var slug in new[] { null, "land-sachsen", "kreis-14522", "ort-14522230", "gibt-es-nicht" })
        {
            var shown = await OpenedAsync(slug);
            var path = new HashSet<int>();
            for (var d = whole.FirstOrDefault(d => d.Slug == slug); d is not null; d = whole.FirstOrDefault(x => x.Id == d.ParentId)) path.Add(d.Id);
            var expected = whole.Where(d => d.ParentId is not { } above || path.Contains(above)).ToList();
            shown.Select(d => (d.Id, d.Depth, d.Offices, d.Vacant, string.Join(",", d.Areas))).ShouldBe(expected.Select(d => (d.Id, d.Depth, d.Offices, d.Vacant, string.Join(",", d.Areas))), slug);
            shown.ShouldAllBe(d => d.Below == whole.Count(x => x.ParentId == d.Id));
            shown.ShouldAllBe(d => d.Open == shown.Any(x => x.ParentId == d.Id));
        }
    }
}
