using System.Text.Json;
using MoocPlatform.Quizzes.Analysis;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>Which of a learner's submitted attempts an analysis counts.</summary>
internal enum Counted
{
    Best,
    First,
    Last,
    All,
}

/// <summary>
/// The analysis of a quiz that too many have taken to compute it while somebody waits. Made when it is asked for and older than
/// <see cref="Fresh"/>; nothing of it is done while learners submit.
/// </summary>
internal sealed class KeptAnalysis
{
    /// <summary>Up to so many attempts an analysis is computed when it is opened, and is always new.</summary>
    public const int Small = 2000;

    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public Guid RunId { get; init; }

    public Guid ItemId { get; init; }

    public Counted Counted { get; init; }

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>A <see cref="QuizAnalysis"/> as JSON.</summary>
    public string Body { get; private set; } = "";

    public QuizAnalysis Read() => JsonSerializer.Deserialize<QuizAnalysis>(Body, JsonSerializerOptions.Default)!;

    public void Write(QuizAnalysis analysis, DateTimeOffset now) =>
        (Body, MadeAt) = (JsonSerializer.Serialize(analysis, JsonSerializerOptions.Default), now);
}
