using System.Text.Json;
using Microsoft.Playwright;

namespace Outrider.Bench.Dashboard;

/// <summary>Scrolls through the fleet as a hand would, and asks the browser's own trace which frames it drew and which it dropped.</summary>
internal static class Scrolling
{
    private const double Seconds = 8;

    public static async Task RunAsync(Browser browser, Uri url, string state)
    {
        await using var context = await browser.FreshAsync(state);
        var page = await context.NewPageAsync();
        await page.GotoAsync(url.ToString());
        await page.Locator("[role=row] a").First.WaitForAsync();
        var session = await context.NewCDPSessionAsync(page);
        var events = new List<JsonElement>();
        var complete = new TaskCompletionSource();
        session.Event("Tracing.dataCollected").OnEvent += (_, e) => events.AddRange(e!.Value.GetProperty("value").EnumerateArray().Select(one => one.Clone()));
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => complete.TrySetResult();
        await session.SendAsync("Tracing.start", new Dictionary<string, object> { ["categories"] = "disabled-by-default-devtools.timeline.frame,devtools.timeline.frame,devtools.timeline" });

        var (intervals, from, to) = await ScrollAsync(page);
        await session.SendAsync("Tracing.end");
        await complete.Task;
        var drawn = events.Count(one => one.GetProperty("name").GetString() == "DrawFrame");
        var dropped = events.Count(one => one.GetProperty("name").GetString() == "DroppedFrame");
        intervals.Sort();
        Console.WriteLine($"scrolled rows {from} to {to} in {Seconds:0} s: {intervals.Count / Seconds:0.0} frames/s, between frames p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, "
            + $"p99 {At(0.99):0.0} ms, longest {intervals[^1]:0} ms; trace: {drawn} drawn, {dropped} dropped");

        double At(double share) => intervals[(int)(share * (intervals.Count - 1))];
    }

    /// <summary>Moves the list by a wheel's notch at every frame, and notes when each frame came.</summary>
    private static async Task<(List<double> Intervals, int From, int To)> ScrollAsync(IPage page)
    {
        var answer = await page.EvaluateAsync<JsonElement>("""
            async seconds => {
              const row = document.querySelector('[role=row] a');
              const rowIndex = () => Math.max(...[...document.querySelectorAll('[role=row][aria-rowindex]')].map(one => +one.getAttribute('aria-rowindex')));
              let list = row;
              while (list && !(list.scrollHeight > list.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(list).overflowY))) list = list.parentElement;
              list ??= document.scrollingElement;
              const from = rowIndex();
              const intervals = [];
              await new Promise(resolve => {
                let last, began;
                const frame = now => {
                  began ??= now;
                  if (last !== undefined) intervals.push(now - last);
                  last = now;
                  list.scrollTop += 60;
                  if (now - began < seconds * 1000) requestAnimationFrame(frame); else resolve();
                };
                requestAnimationFrame(frame);
              });
              return { intervals, from, to: rowIndex() };
            }
            """, Seconds);
        return ([.. answer.GetProperty("intervals").EnumerateArray().Select(one => one.GetDouble())], answer.GetProperty("from").GetInt32(), answer.GetProperty("to").GetInt32());
    }
}
