using System.CommandLine;
using System.Text.Json;
using Outrider.Api.Rest;
using Outrider.Grains.Diagnosis;
using Outrider.Protocol.Outcomes;

namespace Outrider.Silo.Hosting.Commands;

/// <summary><c>outrider reanalyse</c>: an evidence bundle's report by today's rules; needs neither a centre nor the cluster.</summary>
internal static class ReanalyseCommand
{
    private static readonly JsonSerializerOptions s_json = Json();

    public static Command Create()
    {
        var file = new Argument<string>("bundle") { Description = "The file, as GET /api/v1/agents/{agent}/diagnoses/{id}/bundle gives it." };
        var command = new Command("reanalyse", "Analyses an evidence bundle again, without the cluster, and prints the report as JSON.") { file };
        command.SetAction(parsed => Run(parsed, parsed.GetValue(file)!));
        return command;
    }

    private static int Run(ParseResult parsed, string file)
    {
        var report = Read(file);
        if (report.Ok)
            parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(report.Value, s_json));
        else
            parsed.InvocationConfiguration.Error.WriteLine($"{report.Problem.Message} ({report.Problem.Code})");
        return report.Ok ? 0 : 1;
    }

    private static Outcome<DiagnosisReport> Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > EvidenceBundleFormat.MaxBytes)
                return new Problem(ProblemCodes.PayloadTooLarge, $"{file} is larger than {EvidenceBundleFormat.MaxBytes} bytes, the most a bundle has.");
            var bundle = EvidenceBundleFormat.Read(File.ReadAllBytes(file));
            return bundle.Ok ? ReportFactory.Reanalyse(bundle.Value) : bundle.Problem;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCodes.NotFound, $"{file} can't be read: {e.Message}");
        }
    }

    private static JsonSerializerOptions Json()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        RestJson.Configure(options);
        return options;
    }
}
