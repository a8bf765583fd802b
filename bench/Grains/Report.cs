namespace Outrider.Bench.Grains;

/// <summary>Prints rows of the report's table.</summary>
internal static class Report
{
    public static void Row(string measure, double own, double? peer, string unit, string peerIs) => Console.WriteLine(
        $"| {measure} | {own:N0} {unit} | {(peer is null ? "" : $"{peer:N0} {unit}")} | {(peer is null ? "" : $"{own / peer:0.00}")} | {peerIs} |");
}
