using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Capacitated;

/// <summary>
/// The Lagrangian with demands relaxed: each site fills a continuous knapsack with the customers that gain most per unit
/// and opens where that pays; all open sites together must hold the total demand, which has a price λ of its own, and so
/// many must open at least as the largest ones need to hold it.
/// The knapsack is solved by its dual: gain(μ) = μ · capacity + Σ_j max(0, u_j − c_ij − μ d_j) is convex in the price μ of
/// capacity, its least value is the gain, and any μ gives a valid bound; the μ of the step before is a good guess.
/// With a budget or groups: a price β of a unit of the budget, and in every group the best sites it needs.
/// Source: Christofides and Beasley 1983; surrogate row as in Cornuéjols, Sridharan, Thizy 1991.
/// </summary>
internal sealed partial class KnapsackRelaxation
{
    private const int MostCuts = 12;
    private readonly CapacitatedProblem _problem;
    private readonly SiteLimits _limits;
    private readonly bool[] _chosen;
    private readonly double[] _costs, _fixed, _demands, _guess;
    private readonly Bracket[] _bracket;
    private double _value;
    private readonly int _stride;
    private readonly long _demand;

    public KnapsackRelaxation(CapacitatedProblem problem, SiteLimits limits)
    {
        (_problem, _limits) = (problem, limits);
        int n = problem.Demands.Length, m = problem.Capacities.Length;
        var width = Vector<double>.Count;
        _stride = (n + width - 1) / width * width;
        // padding never gains: its cost is beyond every multiplier
        _costs = new double[m * _stride];
        Array.Fill(_costs, double.MaxValue / 4);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++) _costs[i * _stride + j] = (double)problem.Costs[i * n + j];
        _demands = new double[_stride];
        for (var j = 0; j < n; j++) _demands[j] = problem.Demands[j];
        _fixed = [.. problem.FixedCosts.Select(c => (double)c)];
        _demand = problem.Demands.Sum();
        _guess = new double[m];
        _bracket = new Bracket[m];
        Net = new double[m];
        Alone = new double[m];
        Share = new double[m];
        _chosen = new bool[m];
        (_low, _high) = (new bool[m], new bool[m]);
        Served = new double[_stride];
    }

    /// <summary>Length of multiplier vectors: the number of customers, rounded up to whole vectors.</summary>
    public int Stride => _stride;

    /// <summary>Fixed cost − gain − λ × capacity of each site.</summary>
    public double[] Net { get; }

    /// <summary>Fixed cost − gain of each site: what opening it adds to Σ u at these multipliers.</summary>
    public double[] Alone { get; }

    /// <summary>How far each site is open.</summary>
    public double[] Share { get; }

    /// <summary>How often each customer is served by the open sites.</summary>
    public double[] Served { get; }

    /// <summary>So many free sites must open at least.</summary>
    public int Need { get; private set; }

    /// <summary>Price of a unit of total capacity.</summary>
    public double Price { get; private set; }

    /// <summary>Price of a unit of the budget.</summary>
    public double BudgetPrice { get; private set; }

    /// <summary>The bound at these multipliers (in money, not yet rounded safely).</summary>
    /// <param name="multipliers">what serving each customer is worth, <see cref="Stride"/> long</param>
    /// <param name="state">per site 1 open, −1 closed, 0 free; not impossible</param>
    /// <param name="prices">prices of capacity and budget; none: the best at these multipliers are looked for</param>
    public double Evaluate(double[] multipliers, sbyte[] state, (double Capacity, double Budget)? prices = null)
    {
        double sum = 0;
        for (var j = 0; j < _problem.Demands.Length; j++) sum += multipliers[j];
        for (var i = 0; i < Net.Length; i++)
            Alone[i] = Net[i] = state[i] < 0 ? 0 : _fixed[i] - Gain(i, multipliers);
        Need = _limits.LeastMore(state);
        if (prices is { } known) Choose(known.Capacity, known.Budget, state);
        else if (_limits.IsPlain) ChoosePlain(state);
        else ChoosePriced(state);
        Array.Clear(Served);
        for (var i = 0; i < Net.Length; i++)
            if (Share[i] > 0) Serve(i, multipliers, Share[i]);
        return sum + _value;
    }

    private void ChoosePlain(sbyte[] state)
    {
        var dear = Choose(FindPrice(state), 0, state);
        var price = Price;
        // with sites of equal size their number alone is the better rule
        if (price > 0 && Need > 0 && Choose(0, 0, state) < dear) Choose(price, 0, state);
        var room = _demand;
        for (var i = 0; i < Net.Length; i++)
            if (Share[i] > 0) room -= _problem.Capacities[i];
        for (var i = 0; i < Net.Length && room > 0 && Price > 0; i++)
        {
            if (state[i] != 0 || Share[i] > 0 || Net[i] > 1e-7 || _problem.Capacities[i] == 0) continue;
            Share[i] = Math.Min(1, room / (double)_problem.Capacities[i]);
            room -= _problem.Capacities[i];
        }
    }

    /// <summary>What the best choice of sites at prices of total capacity and budget adds to Σ u; fills <see cref="Net"/> and <see cref="Share"/>.</summary>
    private double Choose(double price, double budgetPrice, sbyte[] state)
    {
        (Price, BudgetPrice) = (price, budgetPrice);
        for (var i = 0; i < Net.Length; i++)
            if (state[i] >= 0) Net[i] = Alone[i] - (price * _problem.Capacities[i]) + (budgetPrice * _limits.Cost[i]);
        _value = (price * _demand) - (_limits.HasBudget ? budgetPrice * _limits.Budget : 0) + _limits.Choose(Net, state, Need, -1e-7, _chosen);
        for (var i = 0; i < Net.Length; i++) Share[i] = _chosen[i] ? 1 : 0;
        return _value;
    }

    /// <summary>Two prices of capacity between which the knapsack is just full, and the part of the lower one's customers it takes.</summary>
    private readonly record struct Bracket(double Low, double High, double PartLow);

    /// <summary>Gain of the site's knapsack: tangents of the convex function from both sides until they meet.</summary>
    private double Gain(int site, double[] multipliers)
    {
        double capacity = _problem.Capacities[site];
        var (low, high, step) = (0.0, _guess[site], Math.Max(1e-3, 0.02 * _guess[site]));
        var (gainLow, needLow) = (0.0, 0.0);
        var (gainHigh, needHigh) = At(site, multipliers, high);
        if (needHigh > capacity)
        {
            // the guess is too cheap: look for a price that is dear enough
            do
            {
                (low, gainLow, needLow) = (high, gainHigh, needHigh);
                high += step;
                step *= 4;
                (gainHigh, needHigh) = At(site, multipliers, high);
            }
            while (needHigh > capacity);
        }
        else
        {
            // or too dear: go down until the capacity does not suffice, at 0 at the latest
            do
            {
                if (high == 0)
                {
                    _guess[site] = 0;
                    _bracket[site] = new(0, 0, 1);
                    return gainHigh;
                }
                (low, step) = (Math.Max(0, high - step), step * 4);
                (gainLow, needLow) = At(site, multipliers, low);
                if (needLow <= capacity) (high, gainHigh, needHigh) = (low, gainLow, needLow);
            }
            while (needLow <= capacity);
        }
        var value = gainHigh + high * (capacity - needHigh);
        for (var k = 0; k < MostCuts; k++)
        {
            var price = (gainLow - gainHigh) / (needLow - needHigh);
            if (!(price > low && price < high)) break;
            var (gain, need) = At(site, multipliers, price);
            var here = gain + price * (capacity - need);
            var met = here <= gainLow + price * (capacity - needLow) + 1e-9;
            value = Math.Min(value, here);
            if (need > capacity) (low, gainLow, needLow) = (price, gain, need);
            else (high, gainHigh, needHigh) = (price, gain, need);
            if (met) break;
        }
        _guess[site] = high;
        _bracket[site] = new(low, high, Math.Clamp((capacity - needHigh) / Math.Max(1e-9, needLow - needHigh), 0, 1));
        return Math.Min(value, gainLow + low * (capacity - needLow));
    }

    /// <summary>Gain and demand of the customers worth their share of the capacity at a price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Gain, double Need) At(int site, double[] multipliers, double price)
    {
        var u = MemoryMarshal.Cast<double, Vector<double>>(multipliers);
        var c = MemoryMarshal.Cast<double, Vector<double>>(_costs.AsSpan(site * _stride, _stride));
        var d = MemoryMarshal.Cast<double, Vector<double>>(_demands);
        var prices = new Vector<double>(price);
        Vector<double> gain = default, need = default;
        for (var k = 0; k < c.Length && k < u.Length && k < d.Length; k++)
        {
            var saving = u[k] - c[k];
            var worth = Vector.AsVectorDouble(Vector.GreaterThan(saving, prices * d[k]));
            gain += worth & saving;
            need += worth & d[k];
        }
        return (Vector.Sum(gain), Vector.Sum(need));
    }

    /// <summary>Adds what the site serves, times its share, to <see cref="Served"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Serve(int site, double[] multipliers, double share)
    {
        var (low, high, part) = _bracket[site];
        var u = MemoryMarshal.Cast<double, Vector<double>>(multipliers);
        var c = MemoryMarshal.Cast<double, Vector<double>>(_costs.AsSpan(site * _stride, _stride));
        var d = MemoryMarshal.Cast<double, Vector<double>>(_demands);
        var served = MemoryMarshal.Cast<double, Vector<double>>(Served.AsSpan());
        Vector<double> lows = new(low), highs = new(high), parts = new(share * part), rest = new(share * (1 - part));
        for (var k = 0; k < c.Length && k < u.Length && k < d.Length && k < served.Length; k++)
        {
            var saving = u[k] - c[k];
            served[k] += (Vector.AsVectorDouble(Vector.GreaterThan(saving, lows * d[k])) & parts)
                + (Vector.AsVectorDouble(Vector.GreaterThan(saving, highs * d[k])) & rest);
        }
    }

    /// <summary>λ where the free sites worth opening just hold what the open ones leave of the demand.</summary>
    private double FindPrice(sbyte[] state)
    {
        var room = _demand;
        var free = new List<(double Ratio, long Capacity)>();
        for (var i = 0; i < Net.Length; i++)
        {
            if (state[i] > 0) room -= _problem.Capacities[i];
            if (state[i] == 0 && _problem.Capacities[i] > 0) free.Add((Net[i] / _problem.Capacities[i], _problem.Capacities[i]));
        }
        free.Sort();
        foreach (var (ratio, capacity) in free)
        {
            room -= capacity;
            if (room <= 0) return Math.Max(0, ratio);
        }
        return 0;
    }
}
