using System.Text.Json.Nodes;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;
using Anlauf.Planning.Tests.Location;

namespace Anlauf.Planning.Tests;

/// <summary>What stands in a certificate is used by its proof: anything added to any of its parts is refused.</summary>
public class AppendedTests
{
    private static readonly SearchLimits Short = new() { Time = Timeout.InfiniteTimeSpan, Iterations = 2000 };

    public static TheoryData<string> Problems() =>
    [
        .. JsonFormatTests.Documented(), .. GeneratedProblems.Kinds.Keys.Where(kind => kind is not ("mobile" or "mobile-nights" or "mentor" or "mentor-places")),
        // impossible, or nothing to prove
        """{"kind":"location","goal":"leastTravel","budget":1,"places":[{"population":1,"cost":2,"latitude":1,"longitude":1}]}""",
        """{"kind":"location","goal":"leastTravel","budget":2,"places":[{"population":1,"cost":2,"latitude":1,"longitude":1}]}""",
        """{"kind":"location","goal":"mostCovered","reachTenths":5,"budget":2,"places":[{"population":1,"cost":2,"latitude":1,"longitude":1}]}""",
        """{"kind":"capacitated","sites":[{"capacity":1,"cost":1}],"customers":[{"demand":2}],"cost":[[1]]}""",
        """{"kind":"capacitated","sites":[{"capacity":1,"cost":0}],"customers":[{"demand":1}],"cost":[[0]]}""",
        """{"kind":"capacitated","budget":3,"sites":[{"capacity":5,"cost":1,"budgetCost":2},{"capacity":5,"cost":1,"budgetCost":2}],"customers":[{"demand":8}],"cost":[[1],[1]]}""",
        """{"kind":"gap","cost":[[1,2]],"weight":[[2,2]],"maxLoad":[3]}""",
        """{"kind":"sponsor","population":[30,30,10,30],"tolerance":0.05,"cost":[[0,5,9,9],[9,7,3,0]]}""",
        """{"kind":"sponsor","population":[30,30,10,30],"tolerance":0.05,"connected":true,"neighbours":[[0,1],[1,2],[2,3]],"cost":[[0,5,9,9],[9,7,3,0]]}""",
        """{"kind":"mobile","weeks":1,"places":[{"name":"A"},{"name":"B"}],"travelMinutes":[[0,600],[600,0]],"towns":[{"place":"B","visitMinutes":9,"values":[1],"minVisits":1,"markets":[{"weekday":1,"open":400,"close":700}]}],"buses":[{"depot":"A","shiftStart":400,"shiftEnd":800}]}""",
        """{"kind":"mobile","weeks":1,"places":[{"name":"A"},{"name":"B"}],"travelMinutes":[[0,60],[60,0]],"towns":[{"place":"B","visitMinutes":9,"values":[1],"markets":[{"weekday":1,"open":400,"close":700}]}],"buses":[{"depot":"A","shiftStart":400,"shiftEnd":800}]}""",
        """{"kind":"orienteering","budget":3,"points":[{"x":0,"y":0},{"x":9,"y":9,"score":4}]}""",
        """{"kind":"orienteering","budget":3,"end":1,"points":[{"x":0,"y":0},{"x":9,"y":9}]}""",
        """{"kind":"mentor","capacity":[0],"score":[[4]]}""", "tree",
    ];

    [Theory]
    [InlineData(7)]
    [InlineData(0, 0)]
    public void A_part_that_does_not_exist_or_is_named_twice_is_refused(params int[] searched)
    {
        var task = JsonFormatTests.Read(JsonFormatTests.Documented().Single(json => json.Contains("Zwei Wochen", StringComparison.Ordinal)));
        var proof = (MobileOfficeCertificate)task.Solve(Short).Certificate!;
        CertificateChecker.Check(task.Problem, proof with { Searched = searched }).Ok.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Nothing_may_be_added_to_a_certificate(string named)
    {
        var task = GeneratedProblems.Kinds.TryGetValue(named, out var kind) ? kind.Make(1, 1) : named == "tree" ? GeneratedProblems.Kinds["op"].Make(2, 3) : JsonFormatTests.Read(named);
        var text = CertificateJson.Write(task.Solve(Short).Certificate!);
        Accepts(text).ShouldBeTrue();
        var accepted = Longer(JsonNode.Parse(text)!).Where(longer => Accepts(longer.Text)).Select(longer => longer.Place).ToList();
        accepted.ShouldBeEmpty(named);

        bool Accepts(string certificate)
        {
            try
            {
                return CertificateChecker.Check(task.Problem, CertificateJson.Read(certificate, "c.json").Single()).Ok;
            }
            catch (PlanInputException)
            {
                return false;
            }
        }
    }

    /// <summary>The certificate with one thing more in one of its parts.</summary>
    private static IEnumerable<(string Place, string Text)> Longer(JsonNode root)
    {
        foreach (var place in Places(root).ToList())
        {
            // a further round of paths is gone through as well, and a part that may be searched may be called so
            if (place.GetPath() is "$.rounds" or "$.searched") continue;
            switch (place)
            {
                case JsonArray list:
                    foreach (var more in list.Count > 0 && list[^1] is { } last ? new[] { last.DeepClone(), Zero(last) } : [0])
                    {
                        list.Add(more);
                        yield return ($"{list.GetPath()} + {more}", root.ToJsonString());
                        list.RemoveAt(list.Count - 1);
                    }
                    break;
                case JsonObject fields:
                    fields["more"] = 0;
                    yield return (fields.GetPath(), root.ToJsonString());
                    fields.Remove("more");
                    break;
                case JsonValue proof:
                    var (parent, name, before) = (proof.Parent!.AsObject(), proof.GetPropertyName(), proof.GetValue<string>());
                    var bytes = Convert.FromBase64String(before);
                    foreach (var longer in new[] { Convert.ToBase64String([.. bytes, 0]), name == "proof" ? ProofBytes.Deflate([.. ProofBytes.Inflate(before), 0]) : Convert.ToBase64String([.. bytes, 7]) })
                    {
                        parent[name] = longer;
                        yield return ($"{parent.GetPath()}.{name}", root.ToJsonString());
                        parent[name] = before;
                    }
                    break;
            }
        }
    }

    private static JsonNode Zero(JsonNode like) => like is JsonArray ? new JsonArray() : like is JsonObject ? new JsonObject() : 0;

    // lists, objects and the bytes of proofs; of long lists the first entries
    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        if (node is JsonValue value)
        {
            if (node.Parent is JsonObject && node.GetPropertyName() is "proof" or "tree" && value.TryGetValue<string>(out _)) yield return node;
            yield break;
        }
        yield return node;
        foreach (var inner in node is JsonArray list ? list.Take(3) : node.AsObject().Select(field => field.Value))
            if (inner is not null)
                foreach (var place in Places(inner)) yield return place;
    }
}
