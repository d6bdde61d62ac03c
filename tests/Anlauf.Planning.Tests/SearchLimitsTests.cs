namespace Anlauf.Planning.Tests;

public class SearchLimitsTests
{
    [Fact]
    public void A_search_within_another_has_no_more_time_than_is_left_and_without_a_limit_none_either()
    {
        var most = TimeSpan.FromSeconds(5);
        new SearchLimits { Time = TimeSpan.FromMilliseconds(1) }.Start().Part(7, most).Time.ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(1));
        new SearchLimits { Time = TimeSpan.FromHours(1) }.Start().Part(7, most).Time.ShouldBe(most);
        var endless = new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = 3, Seed = 9 }.Start().Part(7, most);
        (endless.Time, endless.Iterations, endless.Seed).ShouldBe((Timeout.InfiniteTimeSpan, 7, 9UL));
    }
}
