namespace Anlauf.Planning.Tests;

/// <summary>A value by its place equals that of the sorted row, with many equal values too.</summary>
public sealed class RanksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1_000_000)]
    public void A_value_by_its_place_is_that_of_the_sorted_row(int different)
    {
        var random = new Random(different);
        for (var length = 1; length < 60; length++)
        {
            var values = Enumerable.Range(0, length).Select(_ => random.NextInt64(different)).ToArray();
            var sorted = values.Order().ToArray();
            for (var place = 0; place < length; place++) Ranks.At(values.ToArray(), place).ShouldBe(sorted[place]);
        }
    }
}
