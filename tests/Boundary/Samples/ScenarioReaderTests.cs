using Outrider.Samples.DemoStarRocks;
using Outrider.Samples.DemoStarRocks.Scenarios;

namespace Outrider.Tests.Boundary.Samples;

public sealed class ScenarioReaderTests
{
    [Theory]
    [InlineData("minimal")]
    [InlineData("healthy")]
    [InlineData("disk-full")]
    [InlineData("shared-data-amplification")]
    public void Read_EveryScenarioOfTheRepository_IsRight(string name)
    {
        var scenario = ScenarioFolder.Read(null, name);

        Assert.NotEmpty(scenario.Answers);
        Assert.NotEmpty(scenario.Tables);
    }

    [Fact]
    public void Read_ObjectRows_TakeColumnsFromTheFirst()
    {
        var answer = Read("""{ "statement": ["SHOW A", "show  b;"], "rows": [{ "x": 1, "y": true }, { "y": null }] }""");

        Assert.Equal(["x", "y"], answer.Table!.Columns.Select(column => column.Name));
        Assert.Equal<IEnumerable<string?>>(["1", "true"], answer.Table.Rows[0]);
        Assert.Equal<IEnumerable<string?>>([null, null], answer.Table.Rows[1]);
    }

    [Theory]
    [InlineData("""{ "statement": "A", "rows": [["x"]] }""", "answer 1: give 'columns'")]
    [InlineData("""{ "statement": "A", "columns": ["a", "A"] }""", "each name once")]
    [InlineData("""{ "statement": "A", "columns": ["a", "b"], "rows": [["x"]] }""", "row 1 has 1 cells under 2 columns")]
    [InlineData("""{ "statement": "A", "columns": ["a"], "rows": [{ "z": 1 }] }""", "'z', which isn't a column")]
    [InlineData("""{ "statement": "A", "columns": ["a"], "rows": [[[]]] }""", "a cell is a string")]
    [InlineData("""{ "statement": "A", "columns": ["a"], "rows": [["{{yesterday}}"]] }""", "unknown placeholder")]
    [InlineData("""{ "statement": "A", "columns": ["a"], "types": { "a": "NUMBER" } }""", "'NUMBER' of column 'a' isn't a type")]
    [InlineData("""{ "statement": "A", "columns": ["a"], "types": { "b": "INT" } }""", "'types' names 'b'")]
    [InlineData("""{ "statement": "A", "columns": ["a"], "latency_ms": -1 }""", "latency_ms")]
    [InlineData("""{ "statement": "A" }""", "give either")]
    [InlineData("""{ "statement": "A", "ok": true, "columns": ["a"] }""", "give either")]
    [InlineData("""{ "statement": "A", "error": { "code": 1, "message": "m", "state": "4" } }""", "five characters")]
    [InlineData("""{ "statement": "A 'x", "ok": true }""", "isn't closed")]
    [InlineData("""{ "statement": ["A", "a ;"], "ok": true }""", "has an answer already")]
    [InlineData("""{ "statement": 1, "ok": true }""", "a string or a list of strings")]
    [InlineData("""{ "statement": "A", "okay": true }""", "okay")]
    [InlineData("""{ "columns": ["a"] }""", "statement")]
    public void Read_Mistake_IsNamed(string answer, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(answer));

        Assert.StartsWith("test.json", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Read_UnknownScenario_NamesThoseThatAreThere()
    {
        var error = Assert.Throws<InvalidDataException>(() => ScenarioFolder.Read(null, "absent"));

        Assert.Contains("minimal", error.Message);
    }

    private static Answer Read(string answer) =>
        ScenarioReader.Read($$"""{ "title": "t", "version": "3.3.9", "answers": [{{answer}}] }""", "test.json").Answers.Values.First();
}
