using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Analysing;
using MoocPlatform.Quizzes.Features.Leaving;
using MoocPlatform.Quizzes.Features.Regrading;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Features.Taking;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes;

/// <summary>The module's door: all else here is internal.</summary>
public sealed class QuizzesModule : IModule
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<QuizzesDb>("quizzes");
        services.AddScoped<IPersonalData, QuizData>();
        services.AddScoped<QuestionShelf>();
        services.AddScoped<Pools>();
        services.AddSingleton<AttemptRead>();
        services.AddScoped<OpenAttempts>();
        services.AddScoped<AttemptSweep>();
        services.AddSingleton<OneSweep>();
        services.AddScoped<Places>();
        services.AddScoped<TeamPlaces>();
        services.AddScoped<Closing>();
        services.AddScoped<Regrader>();
        services.AddScoped<ILiveChannel, AttemptChannel>();
        services.AddScoped<QuestionHtml>();
        services.AddScoped<ResultHtml>();
        services.AddScoped<ClassReader>();
        services.AddScoped<ILiveChannel, AnalysisChannel>();
        services.AddScoped<CheckedHtml>();
    }
}

/// <summary>Marks the module's texts: Resources/Text.ro.resx and Text.it.resx.</summary>
internal sealed class Text;
