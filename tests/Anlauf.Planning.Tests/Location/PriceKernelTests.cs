using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

public class PriceKernelTests
{
    [Fact]
    public void Vectors_and_their_scalar_twin_agree_up_to_the_largest_product()
    {
        var random = new Random(4);
        for (var length = 0; length <= 37; length++)
        {
            foreach (var (most, price) in new[] { (90L, 1L << 40), (1L << 20, 1L << 30), (PriceKernels.Largest, 1L), (1L, PriceKernels.Largest), (0L, 7L) })
            {
                var worth = Enumerable.Range(0, length).Select(_ => random.NextInt64(1L << 52)).ToArray();
                var cost = Enumerable.Range(0, length).Select(_ => random.NextInt64(most + 1)).ToArray();
                var perSite = random.NextInt64(-1L << 45, 1L << 45);
                long[] vectors = new long[length], scalar = new long[length];
                PriceKernels.Net(worth, cost, [.. cost.Select(c => (double)c)], price, perSite, vectors)
                    .ShouldBe(PriceKernels.NetScalar(worth, cost, price, perSite, scalar));
                vectors.ShouldBe(scalar);
            }
        }
    }
}
