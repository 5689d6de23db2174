using System.Text.Json;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>A run in numbers, for its team. Counted from the enrolments and the log alone, and so the same whenever it is counted anew.</summary>
internal sealed record RunNumbers
{
    /// <summary>Without a sign for so many days, a learner has gone quiet.</summary>
    public const int QuietDays = 7;

    /// <summary>Who is in the run now.</summary>
    public required int Learners { get; init; }

    /// <summary>Who was ever in it: those who left, too.</summary>
    public required int Ever { get; init; }

    /// <summary>Who opened a step, marked one or took a quiz in the last <see cref="QuietDays"/> days.</summary>
    public required int Active { get; init; }

    /// <summary>Who has done all of the run's steps.</summary>
    public required int Finished { get; init; }

    /// <summary>Badges given and not revoked.</summary>
    public int Badges { get; init; }

    /// <summary>How many joined on each day on which somebody did, in the run's zone; in order.</summary>
    public required IReadOnlyList<DayCount> Joined { get; init; }

    /// <summary>In the order of the outline.</summary>
    public required IReadOnlyList<ItemNumbers> Items { get; init; }

    /// <summary>Learners who have finished, by whole weeks from joining: the first stands for less than a week.</summary>
    public required IReadOnlyList<int> WeeksToFinish { get; init; }

    /// <summary>Half of those who finished took so many days or fewer; null: nobody has.</summary>
    public double? MedianDays { get; init; }

    public IReadOnlyList<QuizFigures> Quizzes { get; init; } = [];
}

internal sealed record DayCount(DateOnly Day, int Count);

/// <summary>One step of a run.</summary>
/// <param name="Reached">How many came at least so far: the furthest step that they have open or done is this or a later one.</param>
/// <param name="Done">How many have done it.</param>
/// <param name="Stopped">How many came so far and no further, have not finished, and left or have gone quiet.</param>
internal sealed record ItemNumbers(Guid ItemId, string Title, int Reached, int Done, int Stopped);

/// <summary>
/// The numbers of a run that too many learn in to count while somebody waits. Made when they are asked for and older than <see cref="Fresh"/>;
/// a learner's page has nothing to do with it.
/// </summary>
internal sealed class KeptNumbers
{
    /// <summary>Up to so many learners a run is counted when the page is opened.</summary>
    public const int Small = 200;

    /// <summary>So old, numbers are made anew for who looks at them: with the counting they are never a minute behind.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    public Guid RunId { get; init; }

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary><see cref="RunNumbers"/> as JSON.</summary>
    public string Body { get; private set; } = "";

    public RunNumbers Read() => JsonSerializer.Deserialize<RunNumbers>(Body, JsonSerializerOptions.Default)!;

    public void Write(RunNumbers numbers, DateTimeOffset now) => (Body, MadeAt) = (JsonSerializer.Serialize(numbers, JsonSerializerOptions.Default), now);
}

/// <summary>When a learner had done all steps of a run. Found once in the log and kept.</summary>
internal sealed class Finish
{
    public Guid RunId { get; init; }

    public Guid LearnerId { get; init; }

    /// <summary>How many steps the run had: with another number of steps it is looked up anew.</summary>
    public int Steps { get; init; }

    public DateTimeOffset At { get; init; }
}
