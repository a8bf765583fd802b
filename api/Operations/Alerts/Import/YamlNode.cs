namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>A part of a YAML document.</summary>
internal abstract record YamlNode(long Line)
{
    public sealed record Text(string Value, long Line) : YamlNode(Line);

    public sealed record List(List<YamlNode> Items, long Line) : YamlNode(Line);

    public sealed record Map(Dictionary<string, YamlNode> Members, long Line) : YamlNode(Line);
}
