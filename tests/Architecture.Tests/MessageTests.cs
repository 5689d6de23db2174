using System.Reflection;
using System.Text.RegularExpressions;
using MediatR;
using Xunit;

namespace MoocPlatform.Architecture.Tests;

/// <summary>The map of messages: who may say and ask what.</summary>
public sealed partial class MessageTests
{
    [Fact]
    public void Every_question_of_the_contracts_has_an_answer()
    {
        var handled = Code().SelectMany(a => a.GetTypes()).SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).Select(i => i.GetGenericArguments()[0]).ToHashSet();
        Assert.Empty(Contracts().SelectMany(a => a.GetExportedTypes()).Where(IsRequest).Where(t => !handled.Contains(t)).Select(t => t.Name));
    }

    [Fact]
    public void A_module_announces_its_own_facts_only() => Assert.Empty(ForeignFacts(Repository.Modules.SelectMany(m => Repository.Files($"src/{m}", ".cs"))));

    [Fact]
    public void An_announcement_of_a_foreign_fact_is_found() =>
        Assert.Single(ForeignFacts([("src/Quizzes/Features/Planted.cs", "db.Announce(new RunClosed(run, course, now));")]));

    [Fact]
    public void Nobody_commands_another_module() => Assert.Empty(ForeignCommands(Repository.Modules.SelectMany(m => Repository.Files($"src/{m}", ".cs"))));

    [Fact]
    public void A_command_to_another_module_is_found() =>
        Assert.Single(ForeignCommands([("src/Quizzes/Features/Planted.cs", "await mediator.Send(new JoinRun(run, learner), ct);")]));

    [Fact]
    public void Facts_are_past_tense_and_questions_end_in_query()
    {
        var named = Contracts().SelectMany(a => a.GetExportedTypes()).ToList();
        Assert.Empty(named.Where(t => typeof(INotification).IsAssignableFrom(t) && !PastTense().IsMatch(t.Name)).Select(t => t.Name));
        Assert.Empty(named.Where(t => IsRequest(t) && !IsCommand(t) && !t.Name.EndsWith("Query", StringComparison.Ordinal)).Select(t => t.Name));
    }

    private static IEnumerable<string> ForeignFacts(IEnumerable<(string Path, string Text)> files)
    {
        var owners = Contracts().SelectMany(a => a.GetExportedTypes()).Where(t => typeof(INotification).IsAssignableFrom(t)).ToDictionary(t => t.Name, Owner);
        return from file in files
               from Match said in Announcement().Matches(file.Text)
               let fact = said.Groups[1].Value
               where owners.TryGetValue(fact, out var owner) && owner != file.Path.Split('/')[1]
               select $"{file.Path} announces {fact}";
    }

    private static IEnumerable<string> ForeignCommands(IEnumerable<(string Path, string Text)> files)
    {
        var owners = Contracts().SelectMany(a => a.GetExportedTypes()).Where(t => IsRequest(t) && IsCommand(t)).ToDictionary(t => t.Name, Owner);
        return from file in files
               from Match sent in Sending().Matches(file.Text)
               let command = sent.Groups[1].Value
               where owners.TryGetValue(command, out var owner) && owner != file.Path.Split('/')[1]
               select $"{file.Path} sends {command}";
    }

    private static IEnumerable<Assembly> Contracts() => Repository.Modules.Select(m => Assembly.Load($"MoocPlatform.{m}.Contracts"));

    private static IEnumerable<Assembly> Code() => [.. Repository.Modules.Select(m => Assembly.Load($"MoocPlatform.{m}")), typeof(Program).Assembly];

    private static string Owner(Type type) => type.Assembly.GetName().Name!.Split('.')[1];

    private static bool IsRequest(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>));

    // Commands in contracts are for the process alone (command line, first start): they begin with a verb.
    private static bool IsCommand(Type type) => !type.Name.EndsWith("Query", StringComparison.Ordinal) && Verb().IsMatch(type.Name);

    [GeneratedRegex(@"Announce\(\s*new\s+(\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Announcement();

    [GeneratedRegex(@"Send\(\s*new\s+(\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Sending();

    [GeneratedRegex("(ed|Written|Left|Sent)$", RegexOptions.NonBacktracking)]
    private static partial Regex PastTense();

    [GeneratedRegex("^(Import|Export|Plan|Name|Join|Leave|Give|Take)", RegexOptions.NonBacktracking)]
    private static partial Regex Verb();
}
