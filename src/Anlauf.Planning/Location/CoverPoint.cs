namespace Anlauf.Planning.Location;

/// <summary>One point of <see cref="PrimalDualSearch"/>: how far sites are open, and the prices of all rules.</summary>
internal sealed class CoverPoint(LocationCore core)
{
    /// <summary>How far each site is open, 0 to 1.</summary>
    public double[] Open { get; } = new double[core.Sites];

    /// <summary>Multiplier of each client.</summary>
    public double[] Multiplier { get; } = new double[core.Clients];

    /// <summary>Price of each group's need.</summary>
    public double[] Need { get; } = new double[core.GroupNeed.Length];

    /// <summary>Scratch: open sites of each group, carried ahead.</summary>
    public double[] Served { get; } = new double[core.GroupNeed.Length];

    /// <summary>Price of a budget unit.</summary>
    public double Price { get; set; }

    /// <summary>Takes over another point.</summary>
    public void CopyFrom(CoverPoint other)
    {
        other.Open.CopyTo(Open, 0);
        other.Multiplier.CopyTo(Multiplier, 0);
        other.Need.CopyTo(Need, 0);
        Price = other.Price;
    }

    /// <summary>Adds another point, for an average.</summary>
    public void Add(CoverPoint other)
    {
        AddTo(Open, other.Open);
        AddTo(Multiplier, other.Multiplier);
        AddTo(Need, other.Need);
        Price += other.Price;
    }

    /// <summary>Sets this point to another one divided by a count.</summary>
    public void SetMean(CoverPoint sum, int count)
    {
        for (var i = 0; i < Open.Length; i++) Open[i] = sum.Open[i] / count;
        for (var j = 0; j < Multiplier.Length; j++) Multiplier[j] = sum.Multiplier[j] / count;
        for (var g = 0; g < Need.Length; g++) Need[g] = sum.Need[g] / count;
        Price = sum.Price / count;
    }

    /// <summary>Back to nothing.</summary>
    public void Clear()
    {
        Array.Clear(Open);
        Array.Clear(Multiplier);
        Array.Clear(Need);
        Price = 0;
    }

    private static void AddTo(double[] sum, double[] more)
    {
        for (var k = 0; k < sum.Length; k++) sum[k] += more[k];
    }
}
