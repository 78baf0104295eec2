/** The plan of a request, for routes. */
import type { AnalysisPlan } from './analysis/index.ts'
import type { AnalysisRequest } from './request.ts'
import { badParameters } from './routes.ts'
import type { Analyzer } from './service.ts'

/**
 * The plan that a request asks for.
 *
 * @throws {Problem} 400 BAD_PARAMETERS
 */
export function requirePlan(analyzer: Pick<Analyzer, 'plan'>, request: AnalysisRequest): AnalysisPlan {
  try {
    return analyzer.plan(request)
  } catch (error) {
    return badParameters(error)
  }
}
