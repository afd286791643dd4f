import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../app/use-session.ts';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { signInPath } from './return-path.ts';

export function RequireSignIn({ children }: { children: ReactNode }) {
  const session = useSession();
  const location = useLocation();
  if (session.status === 'unknown') return <PageSkeleton />;
  if (session.status === 'guest') return <Navigate to={signInPath(location)} replace />;
  return children;
}
