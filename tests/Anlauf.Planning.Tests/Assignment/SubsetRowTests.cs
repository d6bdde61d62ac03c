using System.Numerics;
using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Assignment.Sponsors;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Tests.Assignment;

public class SubsetRowTests
{
    [Fact]
    public void Whatever_rows_and_prices_a_proof_names_it_never_proves_more_than_is_true()
    {
        var accepted = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var problem = SponsorTests.Random(seed, false);
            if (problem.Members < 2 || SponsorTests.BruteForce(problem) is not { } optimum) continue;
            var random = new Random(seed);
            var (n, m) = (problem.Constituencies, problem.Members);
            const long Scale = 8;
            var u = Enumerable.Range(0, n).Select(v => (Scale * Enumerable.Range(0, m).Max(k => problem.Cost[(k * n) + v])) + random.Next(-20, 100)).ToArray();
            var rows = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (Row(random, n, m), (long)random.Next(0, 200))).ToList();
            foreach (var above in new[] { -20, -8, -3, -1, 0, 3 })
            {
                var writer = new ProofWriter(1 << 20);
                writer.WritePass(Enumerable.Range(0, n).Select(_ => 0L).ToArray(), new long[n]);
                writer.WritePass(u, new long[n], rows);
                writer.WriteExhaust();
                var proof = new ColumnProof(optimum + above, Scale, writer.ToArray());
                if (ColumnReplay.Fault(problem, proof) is not null) continue;
                accepted++;
                above.ShouldBeLessThan(0, problem.Instance);
            }
        }
        accepted.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void At_most_one_column_of_a_plan_counts_in_a_row()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 2000; trial++)
        {
            var (n, m) = (random.Next(3, 12), random.Next(2, 6));
            var sets = new UInt128[m];
            for (var v = 0; v < n; v++) sets[random.Next(m)] |= UInt128.One << v;
            var row = Row(random, n, m);
            Enumerable.Range(0, m).Count(k => row.Counts(sets[k], k)).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void A_proof_with_subset_rows_holds_and_no_change_makes_it_prove_something_false()
    {
        var (proofs, random) = (0, new Random(5));
        for (var seed = 1; seed <= 8; seed++)
        {
            var problem = Places(10, 60, 50, seed);
            var certificate = (SponsorCertificate)SponsorSolver.Solve(problem, new()).Certificate!;
            certificate.Status.ShouldBe(PlanStatus.Optimal);
            CertificateChecker.Check(problem, certificate).Ok.ShouldBeTrue();
            if (certificate.Columns is not { } proof || !NamesSubsetRows(proof, problem.Constituencies)) continue;
            proofs++;
            CertificateChecker.Check(problem, certificate with { Columns = proof with { Threshold = proof.Threshold + 1 } }).Ok.ShouldBeFalse();
            for (var change = 0; change < 8; change++)
            {
                var bytes = proof.Tree.ToArray();
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                var claim = certificate with { Objective = certificate.Objective - 1, Bound = certificate.Bound - 1, Columns = proof with { Tree = bytes } };
                CertificateChecker.Check(problem, claim).Ok.ShouldBeFalse();
                // the optimum is known: nothing may prove that it cannot be reached
                ColumnReplay.Fault(problem, proof with { Tree = bytes, Threshold = proof.Threshold + 1 }).ShouldNotBeNull();
            }
        }
        proofs.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Vectors_charge_what_the_definition_says()
    {
        var random = new Random(11);
        var problem = Places(5, 64, 100, 1);
        var sets = new SetBuffer[5];
        for (var m = 0; m < 5; m++)
        {
            sets[m] = new();
            for (var k = random.Next(1, 40); k > 0; k--) sets[m].Add((UInt128)(ulong)random.NextInt64(), 0);
        }
        var columns = new ColumnList(problem, 1, sets);
        var start = columns.MemberStart;
        var live = Enumerable.Range(0, columns.Count).ToArray();
        var rows = Enumerable.Range(0, 20).Select(_ => (Row: Row(random, 64, 5), Price: (long)random.Next(1, 1000))).ToList();
        var prices = new long[columns.Count];
        columns.Prepare(new long[64], live.Length);
        for (var m = 0; m < 5; m++)
        {
            columns.Charge(live, m, start[m], start[m + 1], rows, prices);
            for (var k = start[m]; k < start[m + 1]; k++)
            {
                var set = columns.Sets[k];
                prices[k].ShouldBe(rows.Sum(row => row.Row.Counts(set, m) ? row.Price : 0));
            }
        }
    }

    private static SubsetRow Row(Random random, int areas, int members)
    {
        var withMember = random.Next(2) == 0;
        UInt128 set = 0;
        while ((int)UInt128.PopCount(set) < (withMember ? 2 : 3)) set |= UInt128.One << random.Next(areas);
        return new(set, withMember ? random.Next(members) : -1);
    }

    private static bool NamesSubsetRows(ColumnProof proof, int areas)
    {
        var reader = new ProofReader(proof.Tree);
        for (; ; )
        {
            var kind = reader.Byte();
            if (kind != ProofWriter.Pass) return kind == ProofWriter.SubsetPass;
            reader.Multipliers(new long[areas], 1L << 50);
        }
    }

    internal static SponsorProblem Places(int members, int areas, int permille, int seed)
    {
        var random = new Random(seed);
        var places = Enumerable.Range(0, areas + members).Select(_ => new Complex(random.NextDouble() * 200, random.NextDouble() * 200)).ToArray();
        var population = Enumerable.Range(0, areas).Select(_ => (long)random.Next(55_000, 85_000)).ToArray();
        var cost = new long[members * areas];
        for (var m = 0; m < members; m++)
            for (var v = 0; v < areas; v++)
                cost[(m * areas) + v] = population[v] / 1000 * (long)(13 * (places[areas + m] - places[v]).Magnitude);
        return new SponsorProblem($"orte-{seed}", members, population, cost, 0, 0, [], false).WithTolerance(permille);
    }
}
