using System.Text.Json;
using System.Threading.Channels;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Tasks;
using Outrider.Api.Rest;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>
/// One task as one subscription sees it: how it stands, and its log from the beginning. Little waits here: while the viewer takes nothing, nothing
/// more is asked for, and what it misses then it is told to have missed.
/// </summary>
internal sealed class LiveTaskView : IAsyncDisposable
{
    /// <summary>Pieces of news that wait at most, each of a chunk's rows at most.</summary>
    private const int MaxWaiting = 4;

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions s_json = CreateJson();

    private readonly Channel<TaskFollowed> _news = Channel.CreateBounded<TaskFollowed>(MaxWaiting);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskLogOperations _tasks;
    private readonly TimeProvider _time;
    private readonly Caller _caller;
    private readonly string _id;
    private readonly Queue<LogRow> _rows = new();
    private TaskRecord? _state;
    private Task _reading = Task.CompletedTask;
    private bool _goneTold;

    private LiveTaskView(TaskLogOperations tasks, TimeProvider time, Caller caller, string id) =>
        (_tasks, _time, _caller, _id) = (tasks, time, caller, id);

    /// <summary>Whether there is anything to tell.</summary>
    public bool HasNews => _rows.Count > 0 || _state is not null || _news.Reader.TryPeek(out _) || IsGone;

    /// <summary>It was deleted.</summary>
    private bool IsGone => !_goneTold && _news.Reader.Completion.IsFaulted;

    /// <summary>Begins to look at a task; <c>task_not_found</c>, <c>quota_exceeded</c>.</summary>
    public static async Task<Outcome<LiveTaskView>> BeginAsync(TaskLogOperations tasks, TimeProvider time, Caller caller, string id)
    {
        var follow = await tasks.FollowAsync(caller, id, null);
        if (!follow.Ok)
            return follow.Problem;
        var view = new LiveTaskView(tasks, time, caller, id);
        view._reading = view.ReadAsync(follow.Value);
        return view;
    }

    /// <summary>Writes what waits as one object, as far as the frame has room.</summary>
    public void Write(LiveFrame frame)
    {
        var json = frame.Json;
        json.WriteStartObject();
        json.WriteString("task", _id);
        json.WriteStartArray("logs");
        while (!frame.IsFull && TakeRow() is { } row)
            JsonSerializer.Serialize(json, LogRowView.Of(_id, row), s_json);
        json.WriteEndArray();
        if (_rows.Count == 0 && _state is { } state)
        {
            json.WritePropertyName("state");
            JsonSerializer.Serialize(json, TaskView.Of(state), s_json);
            _state = null;
        }
        if (_rows.Count == 0 && IsGone)
        {
            json.WriteBoolean("gone", true);
            _goneTold = true;
        }
        json.WriteEndObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private LogRow? TakeRow()
    {
        while (_rows.Count == 0 && _news.Reader.TryRead(out var news))
        {
            foreach (var row in news.Rows)
                _rows.Enqueue(row);
            _state = news.Task ?? _state;
        }
        return _rows.TryDequeue(out var first) ? first : null;
    }

    /// <summary>Never throws.</summary>
    private async Task ReadAsync(TaskFollow? follow)
    {
        string? place = null;
        while (true)
        {
            try
            {
                if (follow is null && await _tasks.FollowAsync(_caller, _id, place) is { } again)
                {
                    if (again.Problem is { Code: ProblemCodes.TaskNotFound })
                        break;
                    follow = again.Value;
                }
                if (follow is not null)
                {
                    await using var reading = follow;
                    follow = null;
                    await foreach (var news in reading.ReadAsync(_stop.Token))
                    {
                        await _news.Writer.WriteAsync(news, _stop.Token);
                        place = news.Rows.Count > 0 ? news.Rows[^1].Place.ToString() : place;
                        if (news.End)
                            return;
                    }
                    break;
                }
                await Task.Delay(s_again, _time, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (GrainCalls.Describe(e) is not null)
            {
                // A moment later it may be there again.
                if (!await WaitAsync())
                    return;
            }
        }
        _news.Writer.TryComplete(new KeyNotFoundException("The task was deleted."));
    }

    private async Task<bool> WaitAsync()
    {
        try
        {
            await Task.Delay(s_again, _time, _stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        return options;
    }
}
