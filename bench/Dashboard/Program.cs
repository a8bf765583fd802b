using System.Globalization;
using Outrider.Bench.Dashboard;
using Outrider.Testing.Processes;

// bench-dashboard [AGENTS, 10000] [RUNS, 5]
// The page of a fleet of so many agents: what its first load brings and how soon it can be used, beside Netdata's, then how smoothly it scrolls.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var agents = args.Length > 0 ? int.Parse(args[0]) : 10_000;
var runs = args.Length > 1 ? int.Parse(args[1]) : 5;

Environment.SetEnvironmentVariable("OUTRIDER_DASHBOARD", Path.Combine(Programs.Root, "artifacts", "dashboard"));
await using var stack = await OutriderStack.StartCentreAloneAsync();
var seeding = new FleetSeed(stack, agents);
await seeding.EnrolAsync();
await seeding.ReportOnceAsync();
using var over = new CancellationTokenSource();
var reporting = seeding.ReportAsync(over.Token);

await using var browser = await Browser.StartAsync();
var state = await SignIn.ByInvitationAsync(browser, stack);
await FirstLoad.RunAsync(browser, "Outrider, fleet of " + agents, new Uri(stack.Url, "/"), state, "[role=row] a", runs);
await using (var netdata = await Netdata.StartAsync())
    await FirstLoad.RunAsync(browser, "Netdata 1.37", netdata.Url, state: null, ".netdata-chart-row canvas, .dygraph-chart canvas", runs);
for (var run = 0; run < runs; run++)
    await Scrolling.RunAsync(browser, new Uri(stack.Url, "/"), state);
Console.WriteLine($"centre: {Outrider.Bench.Agent.ProcessCost.Of(stack.Centre.Id).PeakMb:0} MB at most");

await over.CancelAsync();
await reporting;
