namespace Anlauf.Planning.Tests;

public class DivisionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Every_piece_is_done_once_before_the_answer(int workers)
    {
        for (var pieces = 0; pieces < 40; pieces++)
        {
            var done = new int[pieces];
            Division.For(workers, pieces, piece => done[piece]++);
            done.ShouldAllBe(times => times == 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_piece_that_fails_is_heard_of(int workers) =>
        Should.Throw<InvalidOperationException>(() => Division.For(workers, 10, piece =>
        {
            if (piece == 7) throw new InvalidOperationException();
        }));
}
